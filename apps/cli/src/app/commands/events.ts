import type { Schemas } from '@aitbc/agent-client';
import type { Command } from 'commander';
import { CliError, EXIT } from '../errors';
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
      const { signal } = session;
      const agents = session.agents();
      const types = type?.split(',');
      const events =
        execution === undefined
          ? agents.events({ after, type: types, workflow_id: workflow, owner_id: owner }, { signal })
          : agents.executionEvents(execution, { after: numberOf(after) }, { signal });
      for await (const { event, data } of events) {
        // The stream of one execution has no filter of its own.
        if (types && !types.includes(event)) continue;
        session.out.line(data, () => eventLine(event, data));
      }
    });
}

/** Events of one execution have numbers for ids. @throws CliError for another id */
function numberOf(after: string | undefined): number | undefined {
  if (after === undefined) return undefined;
  if (/^\d{1,15}$/.test(after)) return Number(after);
  throw new CliError('With --execution, --after is the number of an event.', EXIT.usage);
}

function eventLine(name: string, { time, data }: Schemas['CloudEvent']): string {
  const { execution_id, step_id, details } = data;
  const step = step_id === null ? '' : ` ${step_id}`;
  const more = Object.keys(details).length === 0 ? '' : `  ${JSON.stringify(details)}`;
  return plain(`${time}  ${execution_id}  ${name}${step}${more}`);
}
