import { type Database, meanUnits } from '@aitbc/shared-core';

/** Means over what has really run. */
export interface ExecutionEstimate {
  readonly durationMs: number;
  readonly costUnits: number;
}

interface Sample {
  readonly started_at: number;
  readonly completed_at: number;
  readonly total_cost: number;
}

/** How many of the newest completed executions an estimate looks at. */
const SAMPLE = 20;
/** A mean over so many changes little within this time; one over fewer is taken anew each time. */
const FRESH_MS = 2_000;
/** Versions whose estimates are kept. */
const KEPT = 1_000;

const NEWEST = `SELECT started_at, completed_at, total_cost FROM agent_executions
  WHERE workflow_id = $1 AND workflow_version = $2 AND status = 'completed' ORDER BY id DESC LIMIT ${SAMPLE}`;

/** What the newest completed executions of a version let expect of the next one. */
export class ExecutionEstimates {
  private readonly kept = new Map<string, { readonly estimate: ExecutionEstimate; readonly at: number }>();

  constructor(
    private readonly db: Pick<Database, 'readSql'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** `undefined` when nothing of that version has completed yet. */
  async of(workflowId: string, version: number): Promise<ExecutionEstimate | undefined> {
    const key = `${workflowId}/${version}`;
    const known = this.kept.get(key);
    if (known && this.now() - known.at < FRESH_MS) return known.estimate;
    this.kept.delete(key);
    const sample = await this.db.readSql((sql) => sql.query<Sample>(NEWEST, [workflowId, version]));
    if (sample.length === 0) return undefined;
    const estimate = {
      durationMs: mean(sample.map(({ started_at, completed_at }) => completed_at - started_at)),
      costUnits: meanUnits(sample.map(({ total_cost }) => total_cost)),
    };
    if (sample.length === SAMPLE) this.keep(key, estimate);
    return estimate;
  }

  private keep(key: string, estimate: ExecutionEstimate): void {
    this.kept.set(key, { estimate, at: this.now() });
    // A Map keeps insertion order, so the first one is the oldest.
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= KEPT) return;
      this.kept.delete(oldest);
    }
  }
}

function mean(values: readonly number[]): number {
  return Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);
}
