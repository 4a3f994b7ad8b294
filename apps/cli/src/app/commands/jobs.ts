import type { Schemas } from '@aitbc/coordinator-client';
import { pause } from '@aitbc/shared-core';
import type { Command } from 'commander';
import { ApiProblem, CliError, EXIT } from '../errors';
import { type InputFlags, readInputs } from '../input/inputs';
import { renderFields } from '../output/table';
import type { OpenSession, Session } from '../session';
import { choice, type PageOf, pageOf, showPage, wholeNumber, withInputs, withPaging } from './options';

type State = Schemas['Job']['state'];

const STATES: readonly State[] = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED', 'EXPIRED'];
/** The longest that the platform holds an answer back. */
const LONG_POLL_SECONDS = 50;
const POLL_PAUSE_MS = 200;

type ListFlags = PageOf & { status?: State; type?: string };
type SubmitFlags = InputFlags & { agent?: string; ttl?: number; wait?: boolean };

/** `aitbc jobs …` */
export function addJobCommands(program: Command, open: OpenSession): void {
  const jobs = program.command('jobs').description('single pieces of work for miners');
  addList(jobs, open);
  jobs
    .command('show <job>')
    .description('show one job')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      showJob(session, await session.coordinator().job(id));
    });
  addSubmit(jobs, open);
  jobs
    .command('cancel <job>')
    .description('end it now')
    .action(async (id: string, _options: object, command: Command) => {
      const session = open(command);
      showJob(session, await session.coordinator().cancelJob(id));
    });
  jobs
    .command('result <job>')
    .description('what came of a job that has ended')
    .option('-w, --wait', 'wait for its end')
    .action(async (id: string, { wait = false }: { wait?: boolean }, command: Command) => {
      const session = open(command);
      showJobEnd(session, wait ? await endOf(session, id) : await session.coordinator().jobResult(id, 0));
    });
}

function addList(jobs: Command, open: OpenSession): void {
  withPaging(jobs.command('list'))
    .description('list your jobs')
    .addOption(choice('--status <state>', 'only those', STATES))
    .option('--type <service>', 'only those of this kind')
    .action(async (options: ListFlags, command: Command) => {
      const session = open(command);
      const { style } = session.out;
      const query = { ...pageOf(options), status: options.status, job_type: options.type };
      showPage(session.out, await session.coordinator().jobs(query), [
        { title: 'JOB', value: (job) => job.job_id },
        { title: 'SERVICE', value: (job) => job.service_type },
        { title: 'STATE', value: (job) => job.state, paint: (job, text) => style.status(job.state, text) },
        { title: 'MINER', value: (job) => job.assigned_miner_id },
        { title: 'COST', value: (job) => job.cost },
        { title: 'REQUESTED', value: (job) => job.requested_at },
      ]);
    });
}

function addSubmit(jobs: Command, open: OpenSession): void {
  withInputs(jobs.command('submit <service>'))
    .description('give miners a job of this kind, such as text_analysis; the inputs are its request')
    .option('--agent <agent>', 'for which of your agents')
    .option('--ttl <seconds>', 'how long it may stay in the queue', wholeNumber(1, 604_800))
    .option('-w, --wait', 'wait for its end, and show its result')
    .action(async (service: string, flags: SubmitFlags, command: Command) => {
      const session = open(command);
      const payload = { service_type: service, service_request: readInputs(flags) ?? {}, agent_id: flags.agent };
      const job = await session.coordinator().submitJob({ payload, ttl_seconds: flags.ttl });
      if (flags.wait !== true) return session.out.result(job, () => job.job_id);
      session.out.note(`Job ${job.job_id}`);
      showJobEnd(session, await endOf(session, job.job_id));
    });
}

/** Waits as long as it takes; each request is held back by the platform until the job has ended. */
async function endOf(session: Session, id: string): Promise<Schemas['JobEnd']> {
  const coordinator = session.coordinator();
  for (;;) {
    try {
      return await coordinator.jobResult(id, LONG_POLL_SECONDS);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 425) throw error;
      // A platform that is stopping answers at once, again and again.
      await pause(POLL_PAUSE_MS, session.signal);
    }
  }
}

/** @throws CliError after the end was shown, when the job did not complete. */
function showJobEnd({ out }: Session, end: Schemas['JobEnd']): void {
  if (out.json || end.state === 'COMPLETED') out.result(end, () => JSON.stringify(end.result, null, 2));
  if (end.state === 'COMPLETED') return;
  throw new CliError(`The job is ${end.state}${end.error === null ? '' : `: ${end.error}`}`, EXIT.failed);
}

function showJob({ out }: Session, job: Schemas['Job']): void {
  out.result(job, () =>
    renderFields({
      job: job.job_id,
      service: job.service_type,
      state: job.state,
      error: job.error,
      miner: job.assigned_miner_id,
      attempts: job.attempts,
      cost: job.cost,
      requested: job.requested_at,
      completed: job.completed_at,
    }),
  );
}
