import { type Database, GatheredReads, type Page, type PageRequest, readPage } from '@aitbc/shared-core';
import {
  AgentExecution,
  AgentStepExecution,
  ExecutionEvent,
  ExecutionReceipt,
  EXECUTION_STATUSES,
  type ExecutionStatus,
} from '@aitbc/shared-domain';
import { type EntityManager, In, Not, type SelectQueryBuilder } from 'typeorm';
import { readGlances, readRecords } from './execution-reads';

/** An execution with all that is stored of it. */
export interface ExecutionRecord {
  readonly execution: AgentExecution;
  /** In the order in which they began. */
  readonly steps: readonly AgentStepExecution[];
  readonly receipt: ExecutionReceipt | undefined;
}

/** How far an execution has come, and whose it is. */
export interface ExecutionGlance {
  readonly ownerId: string;
  readonly status: ExecutionStatus;
  readonly eventSeq: number;
}

export interface ExecutionFilter {
  /** Whose; `undefined` is everybody's, for admins. */
  readonly ownerId: string | undefined;
  readonly workflowId?: string | undefined;
  readonly status?: ExecutionStatus | undefined;
}

/** Which executions a bulk request means; what is `undefined` filters nothing. */
export interface BulkFilter {
  readonly ownerId: string | undefined;
  readonly ids: readonly string[] | undefined;
  readonly workflowId: string | undefined;
  readonly createdFrom: number | undefined;
  readonly createdUntil: number | undefined;
  readonly statuses: readonly ExecutionStatus[];
  /** Leaves out those that another execution is the retry of. */
  readonly withoutRetry: boolean;
}

const WITHOUT_RETRY = 'NOT EXISTS (SELECT 1 FROM agent_executions r WHERE r.retry_of = e.id)';

/** Reads executions for the API. Writing them is the engine's, through its store. */
export class ExecutionRepository {
  private readonly records: GatheredReads<ExecutionRecord>;
  private readonly glances: GatheredReads<ExecutionGlance>;

  constructor(private readonly db: Database) {
    this.records = new GatheredReads(db, (sql, ids) => readRecords(db, sql, ids));
    this.glances = new GatheredReads(db, (sql, ids) => readGlances(db.engine, sql, ids));
  }

  /** Everything about one execution. */
  async find(id: string): Promise<ExecutionRecord | undefined> {
    // PostgreSQL refuses NUL in text, and no execution has one in its id.
    return id.includes('\0') ? undefined : this.records.get(id);
  }

  /** What tells whether there is something new to read. */
  async glance(id: string): Promise<ExecutionGlance | undefined> {
    return id.includes('\0') ? undefined : this.glances.get(id);
  }

  /** Newest first. */
  list(filter: ExecutionFilter, page: PageRequest): Promise<Page<AgentExecution>> {
    return this.db.read((manager) => readPage(page, pageQuery(manager, filter, page), filtered(manager, filter)));
  }

  /** Ids of those that match, oldest first. */
  matching(filter: BulkFilter, limit: number): Promise<string[]> {
    return this.db.read(async (manager) => {
      const query = manager.createQueryBuilder(AgentExecution, 'e').select('e.id', 'id');
      query.where('e.status IN (:...statuses)', filter);
      if (filter.ownerId !== undefined) query.andWhere('e.ownerId = :ownerId', filter);
      if (filter.ids !== undefined) query.andWhere('e.id IN (:...ids)', filter);
      if (filter.workflowId !== undefined) query.andWhere('e.workflowId = :workflowId', filter);
      if (filter.createdFrom !== undefined) query.andWhere('e.createdAt >= :createdFrom', filter);
      if (filter.createdUntil !== undefined) query.andWhere('e.createdAt < :createdUntil', filter);
      if (filter.withoutRetry) query.andWhere(WITHOUT_RETRY);
      const rows = await query.orderBy('e.id', 'ASC').limit(limit).getRawMany<{ id: string }>();
      return rows.map(({ id }) => id);
    });
  }

  /** Ids of the executions of any version of a workflow that have not ended. */
  async unfinished(workflowId: string): Promise<string[]> {
    const rows = await this.db.read((manager) =>
      manager.find(AgentExecution, {
        select: { id: true },
        where: { workflowId, status: Not(In(['completed', 'failed', 'cancelled'])) },
      }),
    );
    return rows.map(({ id }) => id);
  }

  /** How many executions there are in each status, with a zero where there is none. */
  countsByStatus(): Promise<Record<ExecutionStatus, number>> {
    return this.db.readSql(async (sql) => {
      const rows = await sql.query<{ status: ExecutionStatus; number: number | string }>(
        'SELECT status, COUNT(*) AS number FROM agent_executions GROUP BY status',
      );
      const counts = new Map(rows.map(({ status, number }) => [status, Number(number)]));
      const entries = EXECUTION_STATUSES.map((status) => [status, counts.get(status) ?? 0] as const);
      return Object.fromEntries(entries) as Record<ExecutionStatus, number>;
    });
  }

  /** The history of an execution, oldest first. */
  events(executionId: string): Promise<ExecutionEvent[]> {
    return this.db.read((manager) => manager.find(ExecutionEvent, { where: { executionId }, order: { seq: 'ASC' } }));
  }
}

/** The rows of a page, and one more where there is one. */
export function pageQuery(
  manager: EntityManager,
  filter: ExecutionFilter,
  page: PageRequest,
): SelectQueryBuilder<AgentExecution> {
  const query = filtered(manager, filter);
  if (page.afterId !== undefined) query.andWhere('e.id < :afterId', page);
  return query
    .orderBy('e.id', 'DESC')
    .offset(page.offset)
    .limit(page.limit + 1);
}

function filtered(manager: EntityManager, filter: ExecutionFilter): SelectQueryBuilder<AgentExecution> {
  const query = manager.createQueryBuilder(AgentExecution, 'e').where(`e.id > ''`);
  if (filter.ownerId !== undefined) query.andWhere('e.ownerId = :ownerId', filter);
  if (filter.workflowId !== undefined) query.andWhere('e.workflowId = :workflowId', filter);
  if (filter.status !== undefined) query.andWhere('e.status = :status', filter);
  return query;
}
