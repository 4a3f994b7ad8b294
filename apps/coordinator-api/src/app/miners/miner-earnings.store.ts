import type { Database } from '@aitbc/shared-core';

/** From `from` on, before `to`; milliseconds, each open when it is absent. */
export interface Period {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** What a miner's receipts of one UTC day and one kind of job come to. */
export interface DayEarnings {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly serviceType: string;
  readonly jobs: number;
  /** Units of 10⁻⁸ coin. */
  readonly units: number;
}

interface Row {
  readonly day: number | string;
  readonly service_type: string;
  readonly jobs: number | string;
  readonly units: number | string;
}

/** Adds up job receipts; nothing else counts as earned. */
export class MinerEarningsStore {
  constructor(private readonly db: Database) {}

  /** By day and kind, in that order. */
  async earned(minerId: string, { from = 0, to = Number.MAX_SAFE_INTEGER }: Period): Promise<DayEarnings[]> {
    const rows = await this.db.readSql((sql) => sql.query<Row>(EARNED, [minerId, from, to]));
    return rows.map(({ day, service_type: serviceType, jobs, units }) => ({
      day: Number(day),
      serviceType,
      jobs: Number(jobs),
      units: Number(units),
    }));
  }
}

/** Sums of whole units are exact; PostgreSQL's wider type of a sum is brought back to 64 bits, or refused. */
export const EARNED = `
  SELECT r.issued_at / 86400000 AS day, j.service_type, count(*) AS jobs, CAST(sum(r.cost) AS bigint) AS units
  FROM job_receipts r JOIN jobs j ON j.id = r.job_id
  WHERE r.miner_id = $1 AND r.issued_at >= $2 AND r.issued_at < $3
  GROUP BY r.issued_at / 86400000, j.service_type
  ORDER BY 1, 2`;
