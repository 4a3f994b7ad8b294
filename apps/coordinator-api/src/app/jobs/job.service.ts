import type { AgentDirectory } from '@aitbc/contracts';
import { isFinalJob, Job, JobReceipt } from '@aitbc/coordinator-domain';
import { AppError, notFound, type Page, type PageRequest, validationFailed, type Within } from '@aitbc/shared-core';
import { JobReceiptStore } from '../receipts';
import { ServiceRegistry } from '../registry';
import { ANY_TOPIC } from './bell';
import { JobBells } from './job-bells';
import { JobFilter, JobScope, JobStore } from './job.store';
import { longPoll, Patience } from './long-poll';
import { JobRequest, newJob } from './new-job';
import type { FinishedRow } from './sql/changes';

/** Who asks: a client sees its own jobs, a service those that it sent in, an admin all. */
export interface JobViewer {
  readonly subject: string;
  readonly role: string;
}

/** A job and, when it is completed, its receipt. */
export interface JobEnd {
  readonly job: Job;
  readonly receipt: JobReceipt | undefined;
}

/** Jobs that became final, in that order, and where to read on. */
export interface FinishedJobs {
  readonly jobs: readonly FinishedRow[];
  readonly cursor: string;
}

/** Where the fields of a request stand in the body of `POST /jobs`. */
const REQUEST_POINTER = '/payload/service_request';
const TYPE_POINTER = '/payload/service_type';
const AGENT_POINTER = '/payload/agent_id';

/** Jobs for those who submit them. */
export class JobService {
  constructor(
    private readonly store: JobStore,
    private readonly bells: JobBells,
    private readonly registry: ServiceRegistry,
    private readonly receiptStore: JobReceiptStore,
    private readonly agents: Pick<AgentDirectory, 'find'>,
  ) {}

  /**
   * Queues a job for a client of the HTTP API.
   * @throws AppError `validation_failed` when the request breaks the kind's schema, or the agent is not an active one of
   * the client; `dependency_unavailable` when nobody can tell about the agent.
   */
  async submitForClient(request: JobRequest, within?: Within<Job>): Promise<Job> {
    this.assertRequest(request);
    if (request.agentId !== undefined) await this.assertAgent(request.agentId, request.clientId);
    return this.store.insert(newJob(request, Date.now()), within);
  }

  /**
   * Queues a job for a service that answers for the agent itself. The same idempotency key gives the same job again.
   * @throws AppError `validation_failed`
   */
  async submit(request: JobRequest): Promise<Job> {
    this.assertRequest(request);
    return this.store.insert(newJob(request, Date.now()));
  }

  /** @throws AppError `not_found` when it is absent or not visible to the viewer. */
  async get(viewer: JobViewer, jobId: string): Promise<Job> {
    const job = await this.store.find(jobId);
    if (!job || !canSee(viewer, job)) throw notFound('job', jobId);
    return job;
  }

  /** Newest first. */
  page(filter: JobFilter, page: PageRequest): Promise<Page<Job>> {
    return this.store.page(filter, page);
  }

  /** @throws AppError `not_found`, or `conflict` when the job is final. */
  async cancel(viewer: JobViewer, jobId: string): Promise<Job> {
    await this.get(viewer, jobId);
    const canceled = await this.store.cancel(jobId);
    const job = await this.get(viewer, jobId);
    if (!canceled) throw new AppError('conflict', `the job is ${job.state} and can not be canceled`);
    return job;
  }

  /**
   * What came of a job, waiting for its end as long as the caller has patience.
   * @throws AppError `not_found`, or `not_ready` when it has not ended by then.
   */
  async end(viewer: JobViewer, jobId: string, patience: Patience): Promise<JobEnd> {
    const look = async (): Promise<Job | undefined> => {
      const job = await this.get(viewer, jobId);
      return isFinalJob(job.state) ? job : undefined;
    };
    const job = await longPoll(look, this.bells.finished, [jobId], patience);
    if (!job) throw new AppError('not_ready', 'the job has not ended yet');
    return { job, receipt: await this.receiptStore.findByJob(jobId) };
  }

  /**
   * The receipt of a completed job.
   * @throws AppError `not_ready` before the end of the job, `not_found` when it ended otherwise than completed.
   */
  async receipt(viewer: JobViewer, jobId: string): Promise<JobReceipt> {
    const job = await this.get(viewer, jobId);
    if (!isFinalJob(job.state)) throw new AppError('not_ready', 'the job has not ended yet');
    const receipt = await this.receiptStore.findByJob(jobId);
    if (!receipt) throw notFound('receipt of the job', jobId);
    return receipt;
  }

  /** The receipts of a job: one when it is completed, else none. */
  async receipts(viewer: JobViewer, jobId: string): Promise<JobReceipt[]> {
    await this.get(viewer, jobId);
    const receipt = await this.receiptStore.findByJob(jobId);
    return receipt ? [receipt] : [];
  }

  /** Jobs of a submitter that became final after the cursor, waiting for the first one. */
  async changes(submittedBy: string, after: string | undefined, patience: Patience): Promise<FinishedJobs> {
    if (after === undefined) return { jobs: [], cursor: String(await this.store.feedPosition()) };
    const look = async (): Promise<FinishedRow[] | undefined> => {
      const found = await this.store.finishedAfter(submittedBy, Number(after));
      return found.length > 0 ? found : undefined;
    };
    const jobs = (await longPoll(look, this.bells.finished, [ANY_TOPIC], patience)) ?? [];
    return { jobs, cursor: String(jobs.at(-1)?.finished_seq ?? after) };
  }

  /** A job of this submitter in whatever state, with its receipt if it has one. */
  async findOfSubmitter(submittedBy: string, jobId: string): Promise<JobEnd | undefined> {
    const job = await this.store.find(jobId);
    if (job?.submittedBy !== submittedBy) return undefined;
    return { job, receipt: await this.receiptStore.findByJob(jobId) };
  }

  /** Cancels the job that this submitter sent in with this key; a final one is left as it is. Gives it as it is then. */
  async cancelOfSubmitter(submittedBy: string, idempotencyKey: string): Promise<Job | undefined> {
    const key = { submittedBy, idempotencyKey };
    const job = await this.store.findByKey(key);
    if (!job || isFinalJob(job.state)) return job;
    await this.store.cancel(job.id);
    // Also when it was no longer to be cancelled: it may have been completed in between.
    return this.store.findByKey(key);
  }

  private assertRequest({ serviceType, serviceRequest }: JobRequest): void {
    const faults = this.registry.faultsOf(serviceType, serviceRequest, REQUEST_POINTER, TYPE_POINTER);
    if (faults.length > 0) throw validationFailed(faults);
  }

  /** One message for absent and foreign agents: the answer must not tell which ids exist. */
  private async assertAgent(agentId: string, clientId: string): Promise<void> {
    const agent = await this.agents.find(agentId);
    const own = agent?.ownerId === clientId;
    if (own && agent.lifecycle === 'active') return;
    const message = own
      ? `the agent is ${agent.lifecycle}, not active`
      : `there is no agent '${agentId}' of this client`;
    throw validationFailed([{ pointer: AGENT_POINTER, message }]);
  }
}

/** The jobs that a viewer may list. */
export function scopeOf({ subject, role }: JobViewer): JobScope {
  return role === 'service' ? { submittedBy: subject } : { clientId: subject };
}

function canSee({ subject, role }: JobViewer, job: Job): boolean {
  if (role === 'admin') return true;
  return role === 'service' ? job.submittedBy === subject : job.clientId === subject;
}
