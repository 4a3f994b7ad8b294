import { type DatabaseEngine, type ExpectedStatement, jsonRows, type SqlRunner } from '@aitbc/shared-core';
import type { AIAgentWorkflow } from '@aitbc/shared-domain';
import type { WorkflowVersion } from './workflow-definition';
import {
  STEP_COLUMNS,
  type StepRow,
  VERSION_COLUMNS,
  versionFrom,
  type VersionRow,
  WORKFLOW_COLUMNS,
  workflowFrom,
  type WorkflowRow,
} from './workflow-rows';

interface Key {
  readonly workflowId: string;
  readonly version: number;
}

/** The workflows of these ids that are not deleted, by id. */
export async function readWorkflows(
  sql: SqlRunner,
  engine: DatabaseEngine,
  ids: readonly string[],
): Promise<Map<string, AIAgentWorkflow>> {
  const rows = await sql.query<WorkflowRow>(
    `SELECT ${columnsOf('w', WORKFLOW_COLUMNS)} FROM ${jsonRows(engine, '$1', 'k', { key: 'text' })}
      JOIN ai_agent_workflows w ON w.id = k.key WHERE w.deleted_at IS NULL`,
    [JSON.stringify(ids.map((key) => ({ key })))],
  );
  return new Map(rows.map((row) => [row.id, workflowFrom(row)]));
}

/** Counts those that are as they were. */
export function unchangedStatement(engine: DatabaseEngine, workflows: readonly AIAgentWorkflow[]): ExpectedStatement {
  const times = new Map(workflows.map(({ id, updatedAt }) => [id, updatedAt]));
  const rows = Array.from(times, ([id, updated_at]) => ({ id, updated_at }));
  return {
    sql: `SELECT count(*) FROM ${jsonRows(engine, '$1', 'k', { id: 'text', updated_at: 'integer' })}
      JOIN ai_agent_workflows w ON w.id = k.id AND w.updated_at = k.updated_at`,
    parameters: [JSON.stringify(rows)],
    expected: rows.length,
  };
}

/** Those that exist, in any order; one statement for the versions and one for their steps. */
export async function readVersions(
  sql: SqlRunner,
  engine: DatabaseEngine,
  keys: readonly Key[],
): Promise<WorkflowVersion[]> {
  const wanted = jsonRows(engine, '$1', 'k', { wf: 'text', nr: 'integer' });
  const parameters = [JSON.stringify(keys.map(({ workflowId, version }) => ({ wf: workflowId, nr: version })))];
  const versions = await sql.query<VersionRow>(
    `SELECT ${columnsOf('v', VERSION_COLUMNS)} FROM ${wanted}
      JOIN ai_agent_workflow_versions v ON v.workflow_id = k.wf AND v.version = k.nr`,
    parameters,
  );
  const steps = await sql.query<StepRow>(
    `SELECT ${columnsOf('s', STEP_COLUMNS)} FROM ${wanted}
      JOIN agent_steps s ON s.workflow_id = k.wf AND s.version = k.nr`,
    parameters,
  );
  const groups = Map.groupBy(steps, keyOf);
  return versions.map((row) => versionFrom(row, groups.get(keyOf(row)) ?? []));
}

function columnsOf(alias: string, columns: string): string {
  return columns.replace(/\w+/g, (name) => `${alias}.${name}`);
}

function keyOf({ workflow_id, version }: Pick<VersionRow, 'workflow_id' | 'version'>): string {
  return `${workflow_id}/${version}`;
}
