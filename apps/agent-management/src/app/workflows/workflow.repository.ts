import {
  type Database,
  GatheredReads,
  type Page,
  pageOf,
  type PageRequest,
  type Principal,
  type SqlRunner,
  validationFailed,
} from '@aitbc/shared-core';
import { AgentStep, AIAgentWorkflow, AIAgentWorkflowTag, AIAgentWorkflowVersion } from '@aitbc/shared-domain';
import { type EntityManager, type ObjectLiteral } from 'typeorm';
import { VersionCache } from './version-cache';
import type { WorkflowVersion } from './workflow-definition';
import { countStatement, pageStatement, type Statement, type WorkflowFilter } from './workflow-list';
import { readVersions, readWorkflows } from './workflow-reads';
import { stepRows, versionRow, workflowFrom, type WorkflowRow } from './workflow-rows';

/** Which version of which workflow. */
export interface VersionKey {
  readonly workflowId: string;
  readonly version: number;
}

/** Versions read by the first pair of statements, of at most 1 MiB each, while nobody knows how large they are. */
const LOAD_FIRST = 10;
/** Versions read by any pair of statements: where small ones are followed by the largest, 50 MiB. */
const LOAD_AT_ONCE = 50;

/** What a list of versions tells of each. */
export type VersionSummary = Pick<WorkflowVersion, 'workflowId' | 'version' | 'name' | 'workflowHash' | 'createdAt'>;

/** The only one that knows the tables of workflows. Methods called inside a unit of work join it. */
export class WorkflowRepository {
  private readonly workflows: GatheredReads<AIAgentWorkflow>;

  constructor(
    private readonly db: Database,
    private readonly cache: VersionCache = new VersionCache(),
  ) {
    this.workflows = new GatheredReads(db, (sql, ids) => readWorkflows(sql, db.engine, ids));
  }

  /** A workflow that is not deleted. */
  async find(id: string): Promise<AIAgentWorkflow | undefined> {
    // PostgreSQL refuses NUL in text, and no workflow has one in its id.
    if (id.includes('\0')) return undefined;
    return this.workflows.get(id);
  }

  /** Those of these ids that are not deleted, by id; one statement. */
  findAll(ids: readonly string[]): Promise<Map<string, AIAgentWorkflow>> {
    return this.db.readSql((sql) => readWorkflows(sql, this.db.engine, ids));
  }

  /** Newest first, with the principal's own and the public ones of others. */
  list(who: Principal, filter: WorkflowFilter, page: PageRequest): Promise<Page<AIAgentWorkflow>> {
    return this.db.readSql(async (sql) => {
      const rows = await run<WorkflowRow>(sql, pageStatement(who, filter, page));
      const total = page.withCount ? await run<{ total: number | string }>(sql, countStatement(who, filter)) : [];
      const counted = total[0] === undefined ? undefined : Number(total[0].total);
      return pageOf(rows.map(workflowFrom), page, counted);
    });
  }

  insert(workflow: AIAgentWorkflow, version: WorkflowVersion): Promise<void> {
    return this.db.write(async (manager) => {
      await manager.insert(AIAgentWorkflow, workflow);
      await this.insertVersion(version);
    });
  }

  /** Adds a version and replaces the tags by which the workflow is found. */
  insertVersion(version: WorkflowVersion): Promise<void> {
    return this.db.write(async (manager) => {
      const { workflowId } = version;
      await insertRows(manager, AIAgentWorkflowVersion, [versionRow(version)]);
      await insertRows(manager, AgentStep, stepRows(version));
      await manager.delete(AIAgentWorkflowTag, { workflowId });
      await insertRows(
        manager,
        AIAgentWorkflowTag,
        version.tags.map((tag) => ({ tag, workflowId })),
      );
    });
  }

  async update(id: string, changes: Partial<Omit<AIAgentWorkflow, 'id'>>): Promise<void> {
    await this.db.write((manager) => manager.update(AIAgentWorkflow, { id }, changes));
  }

  /** The whole immutable definition; kept in memory. Do not call it in the unit that writes this very version. */
  async loadVersion(workflowId: string, version: number): Promise<WorkflowVersion | undefined> {
    return (await this.loadVersions([{ workflowId, version }]))[0];
  }

  /**
   * The versions of the first of these keys, as many as fit: it stops when their JSON is longer than `maxWeight`, so
   * that a page of large workflows does not fill the memory.
   */
  async loadFirst(keys: readonly VersionKey[], maxWeight: number): Promise<WorkflowVersion[]> {
    const loaded: WorkflowVersion[] = [];
    let weight = 0;
    for (let start = 0, size = LOAD_FIRST; start < keys.length;) {
      for (const version of await this.loadVersions(keys.slice(start, start + size))) {
        weight += this.cache.weightOf(version);
        if (weight > maxWeight && loaded.length > 0) return loaded;
        loaded.push(version);
      }
      start += size;
      // As many as fit, if they are like those before: pages of small workflows take two rounds.
      const fits = Math.floor((maxWeight - weight) / Math.max(1, weight / start));
      size = Math.min(LOAD_AT_ONCE, Math.max(LOAD_FIRST, fits));
    }
    return loaded;
  }

  /** Those that exist, in the given order, in two statements however many they are. */
  async loadVersions(keys: readonly VersionKey[]): Promise<WorkflowVersion[]> {
    const known = keys.map((key) => this.cache.get(key.workflowId, key.version));
    const missing = keys.filter((_, index) => known[index] === undefined);
    const loaded = missing.length === 0 ? [] : await this.readVersions(missing);
    const byKey = new Map(loaded.map((version) => [keyOf(version), this.cache.put(version)]));
    return keys.flatMap((key, index) => known[index] ?? byKey.get(keyOf(key)) ?? []);
  }

  /** Newest first; `afterId` is the number of the last version of the page before. */
  async versions(workflowId: string, page: PageRequest): Promise<Page<VersionSummary & { readonly id: string }>> {
    return this.db.read(async (manager) => {
      const query = manager
        .createQueryBuilder(AIAgentWorkflowVersion, 'v')
        .select(['v.workflowId', 'v.version', 'v.name', 'v.workflowHash', 'v.createdAt'])
        .where('v.workflowId = :workflowId', { workflowId });
      const total = page.withCount ? await query.getCount() : undefined;
      if (page.afterId !== undefined) query.andWhere('v.version < :after', { after: versionOf(page.afterId) });
      const rows = await query
        .orderBy('v.version', 'DESC')
        .offset(page.offset)
        .limit(page.limit + 1)
        .getMany();
      return pageOf(
        rows.map((row) => ({ ...row, id: String(row.version) })),
        page,
        total,
      );
    });
  }

  private readVersions(keys: readonly VersionKey[]): Promise<WorkflowVersion[]> {
    return this.db.readSql((sql) => readVersions(sql, this.db.engine, keys));
  }
}

/** @throws AppError `validation_failed`: the cursor is one of another list. */
function versionOf(afterId: string): number {
  if (/^[1-9]\d{0,8}$/.test(afterId)) return Number(afterId);
  throw validationFailed([{ pointer: '?cursor', message: 'is not a cursor of this list' }]);
}

/** One statement for all rows. TypeORM's own type of what may be inserted does not terminate for recursive JSON. */
async function insertRows<Row extends object>(
  manager: EntityManager,
  entity: new () => Row,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  await manager.getRepository<ObjectLiteral>(entity).insert([...rows]);
}

function run<Row extends object>(sql: SqlRunner, statement: Statement): Promise<Row[]> {
  return sql.query<Row>(statement.sql, statement.parameters);
}

function keyOf({ workflowId, version }: VersionKey): string {
  return `${workflowId}/${version}`;
}
