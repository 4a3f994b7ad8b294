import type { Schemas } from '@aitbc/agent-client';
import type { Command } from 'commander';
import { showCost } from '../output/cost-view';
import { showState } from '../output/execution-view';
import { renderTable } from '../output/table';
import type { OpenSession } from '../session';
import { showEnd, watchExecution } from '../watch-execution';
import { addControlCommands } from './execution-control';
import { choice, type PageOf, pageOf, showPage, withPaging } from './options';

type Status = Schemas['Execution']['status'];

const STATUSES: readonly Status[] = ['pending', 'running', 'waiting', 'paused', 'completed', 'failed', 'cancelled'];

type ListFlags = PageOf & { workflow?: string; status?: Status };

/** `aitbc executions …` */
export function addExecutionCommands(program: Command, open: OpenSession): void {
  const executions = program.command('executions').description('runs of workflows');
  addList(executions, open);
  executions
    .command('status <execution>')
    .description('show how far it is')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      showState(session.out, await session.agents().execution(id));
    });
  executions
    .command('watch <execution>')
    .description('show how it goes on until it has ended, and its result')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      showEnd(session, await watchExecution(session, id));
    });
  addLogs(executions, open);
  executions
    .command('cost <execution>')
    .description('show what each attempt of its steps has cost, and why')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      showCost(session.out, await session.agents().executionCost(id));
    });
  addControlCommands(executions, open);
}

function addList(executions: Command, open: OpenSession): void {
  withPaging(executions.command('list'))
    .description('list your executions')
    .option('--workflow <workflow>', 'only those of this workflow')
    .addOption(choice('--status <status>', 'only those', STATUSES))
    .action(async (options: ListFlags, command: Command) => {
      const session = open(command);
      const { style } = session.out;
      const query = { ...pageOf(options), workflow_id: options.workflow, status: options.status };
      showPage(session.out, await session.agents().executions(query), [
        { title: 'EXECUTION', value: (row) => row.execution_id },
        { title: 'STATUS', value: (row) => row.status, paint: (row, text) => style.status(row.status, text) },
        { title: 'STEPS', value: (row) => `${row.completed_steps}/${row.total_steps}` },
        { title: 'SECONDS', value: (row) => row.total_execution_time },
        { title: 'COST', value: (row) => row.total_cost },
        { title: 'WORKFLOW', value: (row) => row.workflow_id },
        { title: 'CREATED', value: (row) => row.created_at },
      ]);
    });
}

function addLogs(executions: Command, open: OpenSession): void {
  executions
    .command('logs <execution>')
    .description('show what its steps did, in the order in which they began')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      const { out } = session;
      const logs = await session.agents().executionLogs(id);
      const table = () =>
        renderTable(logs.step_logs, [
          { title: 'STARTED', value: (step) => step.started_at },
          { title: 'STEP', value: (step) => step.step_id },
          { title: 'STATUS', value: (step) => step.status, paint: (step, text) => out.style.status(step.status, text) },
          { title: 'ATTEMPT', value: (step) => step.attempt },
          { title: 'SECONDS', value: (step) => step.execution_time },
          { title: 'COST', value: (step) => step.cost },
          { title: 'ERROR', value: (step) => step.error_message },
        ]);
      out.result(logs, () => (logs.step_logs.length === 0 ? 'No step has begun.' : table()));
    });
}
