import type { JobState } from '@aitbc/contracts';
import { isFinalJob, Job } from '@aitbc/coordinator-domain';
import { type Database, type Page, type PageRequest, readPage, type Within } from '@aitbc/shared-core';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { JobBells } from './job-bells';
import { feedPosition, FinishedRow, finishedAfter } from './sql/changes';
import { Dialect, dialectOf } from './sql/dialect';
import { cancelJob } from './sql/finish-job';

/** Whose jobs: a client sees what is its own, a service what it sent in, an admin everybody's. */
export type JobScope =
  | { readonly clientId: string }
  | { readonly submittedBy: string }
  | { readonly minerId: string }
  | { readonly everybody: { readonly clientId?: string | undefined; readonly minerId?: string | undefined } };

/** How a submitter knows again what it has sent in. */
export type SubmissionKey = Pick<Job, 'submittedBy' | 'idempotencyKey'>;

/** Which jobs of a scope, newest first. */
export interface JobFilter {
  readonly scope: JobScope;
  readonly state?: JobState | undefined;
  readonly serviceType?: string | undefined;
  /** Milliseconds, inclusive. */
  readonly from?: number | undefined;
  /** Milliseconds, exclusive. */
  readonly to?: number | undefined;
  /** Only those that are final. */
  readonly finishedOnly?: boolean;
}

const LIST_COLUMNS = [
  ...['id', 'clientId', 'submittedBy', 'serviceType', 'agentId', 'executionId', 'stepId', 'constraints'],
  ...['paymentAmount', 'paymentCurrency', 'state', 'error', 'attempts', 'assignedMinerId', 'price', 'ttlSeconds'],
  ...['requestedAt', 'expiresAt', 'startedAt', 'finishedAt', 'updatedAt'],
].map((property) => `j.${property}`);

/** The jobs as their clients see them. What miners do to them is in {@link JobLeases}. */
export class JobStore {
  private readonly dialect: Dialect;

  constructor(
    private readonly db: Database,
    private readonly bells: JobBells,
  ) {
    this.dialect = dialectOf(db.engine);
  }

  /** Queues the job; one whose submitter has used its idempotency key before gives the job of that time. */
  insert(job: Job, within?: Within<Job>): Promise<Job> {
    return this.db.write(async (manager) => {
      const known = await findByKey(manager, job);
      if (known) return known;
      await manager.insert(Job, { ...job });
      await within?.(job);
      this.db.afterCommit(() => this.bells.queued.ring(job.serviceType));
      return job;
    });
  }

  async find(jobId: string): Promise<Job | undefined> {
    // PostgreSQL refuses NUL in text, and no job has one in its id.
    if (jobId.includes('\0')) return undefined;
    const job = await this.db.read((manager) => manager.findOneBy(Job, { id: jobId }));
    return job ?? undefined;
  }

  async findByKey(key: SubmissionKey): Promise<Job | undefined> {
    return (await this.db.read((manager) => findByKey(manager, key))) ?? undefined;
  }

  /** Newest first; without the requests and results, which may be large. */
  page(filter: JobFilter, page: PageRequest): Promise<Page<Job>> {
    return this.db.read((manager) => readPage(page, pageQuery(manager, filter, page), filtered(manager, filter)));
  }

  /** `false` when it was final already. */
  cancel(jobId: string): Promise<boolean> {
    return this.db.writeSet(async (sql) => {
      const canceled = await cancelJob(sql, this.dialect, jobId);
      if (canceled) this.db.afterCommit(() => this.bells.finished.ring(jobId));
      return canceled;
    });
  }

  finishedAfter(submittedBy: string, after: number): Promise<FinishedRow[]> {
    return this.db.readSql((sql) => finishedAfter(sql, submittedBy, after));
  }

  feedPosition(): Promise<number> {
    return this.db.readSql(feedPosition);
  }
}

/** Read in the unit that inserts: of two submissions with one key, the one that commits later finds the other's row. */
async function findByKey(manager: EntityManager, key: SubmissionKey): Promise<Job | null> {
  const { submittedBy, idempotencyKey } = key;
  if (idempotencyKey === null) return null;
  return manager.findOneBy(Job, { submittedBy, idempotencyKey });
}

/** One row more than the page has, which tells whether there are more. */
export function pageQuery(manager: EntityManager, filter: JobFilter, page: PageRequest): SelectQueryBuilder<Job> {
  const query = filtered(manager, filter).select(LIST_COLUMNS).orderBy('j.id', 'DESC');
  if (page.afterId !== undefined) query.andWhere('j.id < :afterId', page);
  return query.offset(page.offset).limit(page.limit + 1);
}

function filtered(manager: EntityManager, filter: JobFilter): SelectQueryBuilder<Job> {
  const query = manager.createQueryBuilder(Job, 'j');
  const { state, serviceType, from, to, finishedOnly } = filter;
  addScope(query, filter.scope);
  if (state !== undefined) addState(query, state);
  if (serviceType !== undefined) query.andWhere('j.serviceType = :serviceType', { serviceType });
  if (from !== undefined) query.andWhere('j.requestedAt >= :from', { from });
  if (to !== undefined) query.andWhere('j.requestedAt < :to', { to });
  if (finishedOnly) query.andWhere('j.finishedSeq IS NOT NULL');
  return query;
}

function addScope(query: SelectQueryBuilder<Job>, scope: JobScope): void {
  if ('submittedBy' in scope) return void query.where('j.submittedBy = :submittedBy', scope);
  const { clientId = undefined, minerId = undefined } = 'everybody' in scope ? scope.everybody : { ...scope };
  // True of every id: without a client or a miner it makes the primary key an index range to walk.
  if (clientId === undefined) query.where(`j.id > ''`);
  else query.where('j.clientId = :clientId', { clientId });
  if (minerId !== undefined) query.andWhere('j.assignedMinerId = :minerId', { minerId });
}

/** States stand in the text, and a final one with the time that it implies: only so do partial indexes serve. */
function addState(query: SelectQueryBuilder<Job>, state: JobState): void {
  query.andWhere(`j.state = '${state}'`);
  if (isFinalJob(state)) query.andWhere('j.finishedAt IS NOT NULL');
}
