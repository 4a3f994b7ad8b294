import type { Schemas } from '@aitbc/agent-client';
import type { Command } from 'commander';
import { CliError, EXIT } from '../errors';
import { parseValue } from '../input/inputs';
import { showState } from '../output/execution-view';
import type { OpenSession, Session } from '../session';
import { showEnd, watchExecution } from '../watch-execution';
import { choice, collect, wholeNumber } from './options';

type Status = Schemas['Execution']['status'];

const UNFINISHED: readonly Status[] = ['pending', 'running', 'waiting', 'paused'];
const ENDED_BADLY: readonly Status[] = ['failed', 'cancelled'];
const MAX_IN_BULK = 1_000;

interface BulkFlags {
  readonly execution?: string[];
  readonly workflow?: string;
  readonly status?: Status;
  readonly from?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly reason?: string;
}

/** What is done to executions: `aitbc executions pause, resume, retry, signal, cancel-all, retry-all`. */
export function addControlCommands(executions: Command, open: OpenSession): void {
  addStateChanges(executions, open);
  addRetry(executions, open);
  addSignal(executions, open);
  addBulk(executions, open);
}

function addStateChanges(executions: Command, open: OpenSession): void {
  executions
    .command('cancel <execution>')
    .description('end it now')
    .option('--reason <text>', 'kept in its history')
    .action(async (id: string, { reason }: { reason?: string }, command: Command) => {
      const session = open(command);
      showState(session.out, await session.agents().cancelExecution(id, { reason }));
    });
  executions
    .command('pause <execution>')
    .description('let it rest; steps under way are stopped, and run again when it is resumed')
    .option('--reason <text>', 'kept in its history')
    .action(async (id: string, { reason }: { reason?: string }, command: Command) => {
      const session = open(command);
      showState(session.out, await session.agents().pauseExecution(id, { reason }));
    });
  executions
    .command('resume <execution>')
    .description('let a paused one go on')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      showState(session.out, await session.agents().resumeExecution(id));
    });
}

function addRetry(executions: Command, open: OpenSession): void {
  executions
    .command('retry <execution>')
    .description('run a failed or cancelled one again, as a new execution that keeps what was completed')
    .option('--from-step <step>', 'this step and all after it run again')
    .option('--workflow-version <number>', 'version to go on with', wholeNumber(1, 2_147_483_647))
    .option('-w, --wait', 'show how it goes on, and its result')
    .action(async (id: string, flags: RetryFlags, command: Command) => retry(open(command), id, flags));
}

interface RetryFlags {
  readonly fromStep?: string;
  readonly workflowVersion?: number;
  readonly wait?: boolean;
}

async function retry(session: Session, id: string, flags: RetryFlags): Promise<void> {
  const body = { from_step: flags.fromStep, version: flags.workflowVersion };
  const started = await session.agents().retryExecution(id, body);
  const { execution_id: retried } = started;
  if (flags.wait !== true) return session.out.result(started, () => retried);
  session.out.note(`Execution ${retried}`);
  showEnd(session, await watchExecution(session, retried));
}

function addSignal(executions: Command, open: OpenSession): void {
  executions
    .command('signal <execution> <name>')
    .description('send a signal, which ends the wait of one step; kept when none waits for it yet')
    .option('--data <value>', 'what the step gets; JSON where it is, else text')
    .action(async (id: string, name: string, { data }: { data?: string }, command: Command) => {
      const session = open(command);
      const value = data === undefined ? null : parseValue(data);
      session.out.result(await session.agents().signalExecution(id, name, value), () => `Sent ${name}.`);
    });
}

function addBulk(executions: Command, open: OpenSession): void {
  withFilter(executions.command('cancel-all'), UNFINISHED)
    .description('end all that match; at least one filter is needed')
    .option('--reason <text>', 'kept in the history of each')
    .action(async (flags: BulkFlags, command: Command) => {
      const session = open(command);
      const body = { ...filterOf(flags), reason: flags.reason };
      const done = await session.agents().cancelExecutions(body);
      showBulk(session, done, `${done.cancelled} cancelled`);
    });
  withFilter(executions.command('retry-all'), ENDED_BADLY)
    .description('run all that match again, but those that were retried before; at least one filter is needed')
    .action(async (flags: BulkFlags, command: Command) => {
      const session = open(command);
      const done = await session.agents().retryExecutions(filterOf(flags));
      showBulk(session, done, `${done.retried} retried`);
    });
}

function withFilter(command: Command, statuses: readonly string[]): Command {
  return command
    .option('--execution <execution>', 'this one (repeatable)', collect)
    .option('--workflow <workflow>', 'those of this workflow')
    .addOption(choice('--status <status>', 'those with this status', statuses))
    .option('--from <time>', 'those created at this time (RFC 3339) or later')
    .option('--until <time>', 'those created before this time')
    .option('--limit <number>', 'how many at most', wholeNumber(1, MAX_IN_BULK));
}

/** @throws CliError without any filter: an empty variable of a script must not mean everything. */
function filterOf(flags: BulkFlags): Schemas['BulkRequest'] {
  const filter = {
    execution_ids: flags.execution,
    workflow_id: flags.workflow,
    status: flags.status,
    created_from: flags.from,
    created_until: flags.until,
  };
  if (Object.values(filter).every((value) => value === undefined)) {
    throw new CliError('Say which: --execution, --workflow, --status, --from or --until.', EXIT.usage);
  }
  return { ...filter, limit: flags.limit };
}

function showBulk({ out }: Session, result: Schemas['BulkCancellation'] | Schemas['BulkRetry'], changed: string): void {
  const unchanged = result.unchanged === 0 ? '' : `, ${result.unchanged} unchanged`;
  out.result(result, () => `${changed}${unchanged}.`);
  if (result.more) out.note('More match: do it again.');
}
