import type { Database } from '@aitbc/shared-core';
import { AGENT_COUNTERS, WORKFLOW_COUNTERS } from '../load/counters';

/** An execution as its client knows it. */
export interface SeenExecution {
  readonly ended: boolean;
  /** Compact JWS, once it was given out. */
  readonly receipt?: string;
}

/** What the platform has acknowledged until some instant. */
export interface Acknowledged {
  /** How often each counter was raised, by its path. */
  readonly counters: ReadonlyMap<string, number>;
  /** By id. */
  readonly executions: ReadonlyMap<string, SeenExecution>;
}

/** How many writes that are: creations, raises, starts, ends and receipts. */
export function writesOf({ counters, executions }: Acknowledged): number {
  const raises = [...counters.values()].reduce((sum, count) => sum + count + 1, 0);
  const ofExecutions = [...executions.values()].map(
    ({ ended, receipt }) => 1 + Number(ended) + Number(Boolean(receipt)),
  );
  return ofExecutions.reduce((sum, count) => sum + count, raises);
}

interface ExecutionRow {
  readonly id: string;
  readonly completed_at: number | null;
  readonly jws: string | null;
}

const EXECUTIONS = `
  SELECT x.id, x.completed_at, r.jws FROM agent_executions x
  LEFT JOIN execution_receipts r ON r.execution_id = x.id`;

const AGENTS = 'SELECT id, metadata AS text FROM agents';

const WORKFLOWS = `
  SELECT w.id, v.description AS text FROM ai_agent_workflows w
  JOIN ai_agent_workflow_versions v ON v.workflow_id = w.id AND v.version = w.current_version`;

/** What of it is not in a database: a sentence for each. */
export async function missingFrom(database: Database, { counters, executions }: Acknowledged): Promise<string[]> {
  const counts = await countersIn(database);
  const stored = await rows<ExecutionRow>(database, EXECUTIONS);
  const byId = new Map(stored.map((row) => [row.id, row]));
  return [
    ...[...counters].flatMap(([path, count]) => {
      const found = counts.get(path);
      return found !== undefined && found >= count
        ? []
        : [`${path} was raised to ${count}, and is ${found ?? 'not there'}`];
    }),
    ...[...executions].flatMap(([id, seen]) => missingOf(id, seen, byId.get(id))),
  ];
}

function missingOf(id: string, { ended, receipt }: SeenExecution, row: ExecutionRow | undefined): string[] {
  if (!row) return [`${id} was started, and is not there`];
  if (ended && row.completed_at === null) return [`${id} had ended, and is unfinished`];
  return receipt !== undefined && row.jws !== receipt ? [`the receipt of ${id} is not the one that was given out`] : [];
}

/** The number at which each counter stands, by its path. */
async function countersIn(database: Database): Promise<Map<string, number>> {
  const agents = await rows<{ id: string; text: string }>(database, AGENTS);
  const workflows = await rows<{ id: string; text: string }>(database, WORKFLOWS);
  return new Map([
    ...agents.map(({ id, text }) => {
      const { count } = JSON.parse(text) as { count: number };
      return [`${AGENT_COUNTERS.collection}/${id}`, count] as const;
    }),
    ...workflows.map(({ id, text }) => [`${WORKFLOW_COUNTERS.collection}/${id}`, Number(text)] as const),
  ]);
}

function rows<Row extends object>(database: Database, statement: string): Promise<Row[]> {
  return database.readSql((sql) => sql.query<Row>(statement));
}
