import { GPU_OFFER_STATES, type GpuOfferState } from '@aitbc/coordinator-domain';
import { type Database, type DatabaseStats, databaseTime } from '@aitbc/shared-core';

/** What administrators see beside the figures that everybody may. */
export interface AdminStats {
  readonly gpuOffers: Readonly<Record<GpuOfferState, number>>;
  readonly jobReceipts: number;
  /** Price of the jobs that were completed in the last 24 hours, in units of 10⁻⁸ coin. */
  readonly volume: number;
  /** Counters of this process since its start. */
  readonly database: DatabaseStats;
}

/** Counts in SQL, over indexes. */
export class AdminStatsStore {
  constructor(private readonly db: Database) {}

  stats(): Promise<AdminStats> {
    return this.db.readSql(async (sql) => {
      const states = await sql.query<{ state: GpuOfferState; offers: number | string }>(OFFERS_BY_STATE);
      const counts = new Map(states.map(({ state, offers }) => [state, Number(offers)]));
      const [row] = await sql.query<{ receipts: number | string; volume: number | string }>(
        volumeStatement(`${databaseTime(this.db.engine)} - 86400000`),
      );
      if (!row) throw new Error('an aggregate gave no row');
      return {
        gpuOffers: Object.fromEntries(GPU_OFFER_STATES.map((state) => [state, counts.get(state) ?? 0])) as Record<
          GpuOfferState,
          number
        >,
        jobReceipts: Number(row.receipts),
        volume: Number(row.volume),
        database: this.db.stats(),
      };
    });
  }
}

const OFFERS_BY_STATE = 'SELECT state, count(*) AS offers FROM gpu_offers GROUP BY state';

/** The state is no condition of the search: by the index on states it would look at every job ever completed. */
export function volumeStatement(since: string): string {
  const price = `CASE WHEN state = 'COMPLETED' THEN price END`;
  return `
    SELECT (SELECT count(*) FROM job_receipts) AS receipts, CAST(coalesce(sum(${price}), 0) AS bigint) AS volume
    FROM jobs WHERE finished_at >= ${since}`;
}
