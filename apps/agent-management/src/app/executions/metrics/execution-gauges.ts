import { cached, type Database, Figures, type MetricsSource, type Sample } from '@aitbc/shared-core';
import type { ExecutionRepository } from '../execution.repository';

/** However many collectors ask, the database counts no more often. */
const COUNT_EVERY_MS = 5_000;

export interface ExecutionGaugeDeps {
  readonly db: Pick<Database, 'readSql'>;
  readonly repository: Pick<ExecutionRepository, 'countsByStatus'>;
  readonly now: () => number;
}

/**
 * How many executions there are, wait and are due. What is due and what is waited for is counted by partial indexes, so
 * that the cost follows the queue and not the history; the counts of all are kept for a time when they take long.
 */
export function executionGauges({ db, repository, now }: ExecutionGaugeDeps): MetricsSource[] {
  const gauge = (
    name: string,
    help: string,
    collect: () => Promise<Sample[]>,
    labels: string[] = [],
  ): MetricsSource => ({
    ...{ name, help, labels, kind: 'gauge' },
    collect: cached(collect, COUNT_EVERY_MS, now),
  });
  const counts = new Figures(() => repository.countsByStatus(), sum);
  return [
    gauge('aitbc_executions', 'Executions by status; kept for a time where there are many.', () => byStatus(counts), [
      'status',
    ]),
    gauge('aitbc_executions_due', 'Executions that could run now and that no worker holds.', () => countDue(db, now())),
    gauge('aitbc_execution_queue_age_seconds', 'How long the oldest due execution has been due; 0 without one.', () =>
      queueAge(db, now()),
    ),
    gauge('aitbc_step_waits', 'Steps that wait, by what for: job, signal, timer or retry.', () => countWaits(db), [
      'kind',
    ]),
  ];
}

export const DUE_EXECUTIONS = `
  SELECT count(*) AS number FROM agent_executions WHERE wake_at IS NOT NULL AND wake_at <= $1`;

export const OLDEST_DUE = 'SELECT min(wake_at) AS number FROM agent_executions WHERE wake_at IS NOT NULL';

export const OPEN_WAITS = `
  SELECT wait_kind AS kind, count(*) AS number FROM agent_step_executions WHERE wait_kind IS NOT NULL GROUP BY wait_kind`;

/** PostgreSQL gives counts as text. */
interface NumberRow {
  readonly number: number | string | null;
}

const KINDS = ['job', 'signal', 'timer', 'retry'];

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

async function byStatus(counts: Figures<Record<string, number>>): Promise<Sample[]> {
  const { figures } = await counts.get();
  return Object.entries(figures).map(([status, value]) => ({ labels: { status }, value }));
}

async function countDue(db: Pick<Database, 'readSql'>, now: number): Promise<Sample[]> {
  const rows = await db.readSql((sql) => sql.query<NumberRow>(DUE_EXECUTIONS, [now]));
  return rows.map(({ number }) => ({ value: Number(number) }));
}

async function queueAge(db: Pick<Database, 'readSql'>, now: number): Promise<Sample[]> {
  const [row] = await db.readSql((sql) => sql.query<NumberRow>(OLDEST_DUE));
  const oldest = row?.number ?? null;
  return [{ value: oldest === null ? 0 : Math.max(0, now - Number(oldest)) / 1_000 }];
}

async function countWaits(db: Pick<Database, 'readSql'>): Promise<Sample[]> {
  const rows = await db.readSql((sql) => sql.query<NumberRow & { kind: string }>(OPEN_WAITS));
  const counts = new Map(rows.map(({ kind, number }) => [kind, Number(number)]));
  return KINDS.map((kind) => ({ labels: { kind }, value: counts.get(kind) ?? 0 }));
}
