import { migrationColumns, oneOf } from '@aitbc/shared-domain';
import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';

const { count, optional, primary, text, time, units } = migrationColumns;

/**
 * GPU offers, a version for the ETags of miners, and the indexes of earnings, figures and administrators' lists. The
 * column and the indexes are made in plain SQL, since TypeORM would copy whole tables on SQLite.
 */
export class GpuOffers1780000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(offerTable(), false, true, true);
    await runner.query('ALTER TABLE miners ADD COLUMN version integer NOT NULL DEFAULT 1');
    for (const { name, on } of INDEXES) await runner.query(`CREATE INDEX "${name}" ON ${on}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of INDEXES) await runner.query(`DROP INDEX "${name}"`);
    await runner.query('ALTER TABLE miners DROP COLUMN version');
    await runner.dropTable(offerTable(), false, true, true);
  }
}

/**
 * The lists of all jobs by state need an index only for those that have ended: the queue and the running ones have
 * theirs, and a job that is claimed and requeued should not be written into one more.
 */
const INDEXES = [
  { name: 'ix_jobs_ended', on: `jobs ("state", "id") WHERE finished_at IS NOT NULL` },
  { name: 'ix_jobs_finished', on: `jobs ("finished_at") WHERE finished_at IS NOT NULL` },
  { name: 'ix_jobs_requested', on: `jobs ("requested_at")` },
  { name: 'ix_jobs_type', on: `jobs ("service_type", "id")` },
  { name: 'ix_job_receipts_earned', on: `job_receipts ("miner_id", "issued_at")` },
  { name: 'ix_miners_region', on: `miners ("region", "id")` },
];

function offerTable(): Table {
  return new Table({
    name: 'gpu_offers',
    columns: [
      text('id', 60, primary),
      text('miner_id', 100),
      text('owner_id', 200),
      text('gpu_name', 100),
      count('gpu_memory_mb'),
      units('price_per_hour'),
      text('region', 100, optional),
      time('available_from'),
      time('available_until', optional),
      text('state', 20),
      text('booked_by', 200, optional),
      time('booked_at', optional),
      count('version'),
      time('created_at'),
      time('updated_at'),
    ],
    checks: [{ name: 'ck_gpu_offers_state', expression: oneOf('state', ['available', 'booked', 'withdrawn']) }],
    foreignKeys: [
      {
        name: 'fk_gpu_offers_miner',
        columnNames: ['miner_id'],
        referencedTableName: 'miners',
        referencedColumnNames: ['id'],
      },
    ],
    indices: OFFER_INDEXES.map(([name, ...columnNames]) => new TableIndex({ name, columnNames })),
  });
}

const OFFER_INDEXES: [name: string, ...columns: string[]][] = [
  ['ix_gpu_offers_state', 'state', 'id'],
  ['ix_gpu_offers_gpu', 'gpu_name', 'id'],
  ['ix_gpu_offers_region', 'region', 'id'],
  ['ix_gpu_offers_price', 'price_per_hour'],
  ['ix_gpu_offers_memory', 'gpu_memory_mb'],
  ['ix_gpu_offers_miner', 'miner_id', 'id'],
  ['ix_gpu_offers_owner', 'owner_id', 'id'],
  ['ix_gpu_offers_booker', 'booked_by', 'id'],
];
