import type { Command } from 'commander';
import type { PlatformEvent } from '../api-types';
import { plain } from '../output/style';
import type { OpenSession } from '../session';

interface EventFlags {
  readonly execution?: string;
  readonly type?: string;
  readonly workflow?: string;
  readonly owner?: string;
  readonly after?: string;
}

/** `aitbc events` */
export function addEventCommand(program: Command, open: OpenSession): void {
  program
    .command('events')
    .description('show what happens in your executions, as it happens; with --json a CloudEvent on each line')
    .option('--execution <execution>', 'only in this one, from its beginning to its end')
    .option('--type <types>', 'only these, such as execution.completed,execution.failed')
    .option('--workflow <workflow>', 'only in those of this workflow')
    .option('--owner <owner>', 'only in those of this owner, for admins')
    .option('--after <place>', 'go on after the event with this id; 0 is the beginning')
    .action(async (flags: EventFlags, command: Command) => {
      const session = open(command);
      const { execution, type, workflow, owner, after } = flags;
      const api = session.api();
      const types = type?.split(',');
      const events =
        execution === undefined
          ? api.events({ after, type, workflow_id: workflow, owner_id: owner })
          : api.executionEvents(execution, { after });
      for await (const { event, data } of events) {
        // The stream of one execution has no filter of its own.
        if (types && !types.includes(event)) continue;
        const what = JSON.parse(data) as PlatformEvent;
        session.out.line(what, () => eventLine(event, what));
      }
    });
}

function eventLine(name: string, { time, data }: PlatformEvent): string {
  const { execution_id, step_id, details } = data;
  const step = step_id === null ? '' : ` ${step_id}`;
  const more = Object.keys(details).length === 0 ? '' : `  ${JSON.stringify(details)}`;
  return plain(`${time}  ${execution_id}  ${name}${step}${more}`);
}
