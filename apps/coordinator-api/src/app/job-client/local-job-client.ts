import type {
  JobChanges,
  JobClient,
  JobOutcome,
  JobProgress,
  JobSnapshot,
  JobSubmission,
  ServiceDescription,
} from '@aitbc/contracts';
import type { Job, JobReceipt } from '@aitbc/coordinator-domain';
import { CONSTRAINTS_SCHEMA, DEFAULT_TTL_SECONDS, type JobChunks, JobService, resultOf } from '../jobs';
import { type MinerOffers, modelsOf, ServiceRegistry } from '../registry';
import type { JobDurations } from './job-durations';

/** The submitter under which the agent context's jobs stand, and under which it reads the feed of finished jobs. */
export const AGENT_CONTEXT_SUBJECT = 'agent-context';

export interface JobClientDeps {
  readonly jobs: JobService;
  readonly chunks: JobChunks;
  readonly registry: ServiceRegistry;
  readonly offers: MinerOffers;
  readonly durations: JobDurations;
}

/** A service's way to its jobs inside of this process: calls instead of HTTP. */
export class LocalJobClient implements JobClient {
  private readonly jobs: JobService;

  /** @param subject the service, which submits them */
  constructor(
    private readonly deps: JobClientDeps,
    private readonly subject: string,
  ) {
    this.jobs = deps.jobs;
  }

  async submit(job: JobSubmission): Promise<JobSnapshot> {
    const { constraints = {}, ttlSeconds = DEFAULT_TTL_SECONDS, ...request } = job;
    return snapshotOf(await this.jobs.submit({ ...request, constraints, ttlSeconds, submittedBy: this.subject }));
  }

  async services(): Promise<ServiceDescription[]> {
    const kinds = this.deps.registry.kinds();
    const online = await this.deps.offers.onlineByService(kinds.map(({ type }) => type));
    return kinds.map((kind) => {
      const { type, name, description, schema } = kind;
      const minersOnline = online.get(type) ?? 0;
      return { type, name, description, models: modelsOf(kind), minersOnline, schema, constraints: CONSTRAINTS_SCHEMA };
    });
  }

  async serviceSchema(type: string): Promise<object | undefined> {
    return this.deps.registry.kinds().find((kind) => kind.type === type)?.schema;
  }

  usualDurationMs(type: string): Promise<number | undefined> {
    return this.deps.durations.mean(type);
  }

  async outcome(jobId: string): Promise<JobOutcome | undefined> {
    const found = await this.jobs.findOfSubmitter(this.subject, jobId);
    return found && outcomeOf(found.job, found.receipt);
  }

  async cancel(idempotencyKey: string): Promise<JobSnapshot | undefined> {
    const job = await this.jobs.cancelOfSubmitter(this.subject, idempotencyKey);
    return job && snapshotOf(job);
  }

  progress(jobId: string, after: number, waitSeconds: number, signal: AbortSignal): Promise<JobProgress | undefined> {
    return this.deps.chunks.progress(this.subject, jobId, after, { seconds: waitSeconds, signal });
  }

  async changes(after: string | undefined, waitSeconds: number, signal: AbortSignal): Promise<JobChanges> {
    const { jobs, cursor } = await this.jobs.changes(this.subject, after, { seconds: waitSeconds, signal });
    return { jobIds: jobs.map(({ id }) => id), cursor };
  }
}

function snapshotOf({ id, state, error }: Job): JobSnapshot {
  return { jobId: id, state, error: error ?? undefined };
}

/** Only a completed job costs anything. */
function outcomeOf(job: Job, receipt: JobReceipt | undefined): JobOutcome {
  return {
    ...snapshotOf(job),
    clientId: job.clientId,
    serviceType: job.serviceType,
    result: resultOf(job),
    receiptId: receipt?.id,
    receipt: receipt?.jws,
    costUnits: receipt?.cost ?? 0,
  };
}
