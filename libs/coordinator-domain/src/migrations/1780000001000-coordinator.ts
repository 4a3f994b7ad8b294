import { migrationColumns, oneOf, TableMigration } from '@aitbc/shared-domain';
import { type QueryRunner, Table } from 'typeorm';

const { count, json, longText, optional, primary, text, time, units } = migrationColumns;
/** A 64-bit counter has the column type of money. */
const sequence = units;

const JOB_STATES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELED', 'EXPIRED'];

/** The first schema of the coordinator's own domain. Enums are spelt out: it says what was true when it was written. */
export class Coordinator1780000001000 extends TableMigration {
  protected tables(): Table[] {
    return [jobTable(), feedTable(), minerTable(), receiptTable()];
  }

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await runner.query('INSERT INTO job_feed (id, last_seq) VALUES (1, 0)');
  }
}

function jobTable(): Table {
  return new Table({
    name: 'jobs',
    columns: [...requestColumns(), ...progressColumns()],
    checks: [{ name: 'ck_jobs_state', expression: oneOf('state', JOB_STATES) }],
    indices: [
      { name: 'ix_jobs_client', columnNames: ['client_id', 'id'] },
      { name: 'ix_jobs_client_state', columnNames: ['client_id', 'state', 'id'] },
      { name: 'ix_jobs_client_type', columnNames: ['client_id', 'service_type', 'id'] },
      { name: 'ix_jobs_client_requested', columnNames: ['client_id', 'requested_at'] },
      { name: 'ix_jobs_submitter', columnNames: ['submitted_by', 'id'] },
      { name: 'ix_jobs_miner', columnNames: ['assigned_miner_id', 'id'] },
      { name: 'ix_jobs_changes', columnNames: ['submitted_by', 'finished_seq'] },
      { name: 'ux_jobs_idempotency', columnNames: ['submitted_by', 'idempotency_key'], isUnique: true },
      { name: 'ux_jobs_finished_seq', columnNames: ['finished_seq'], isUnique: true },
      { name: 'ix_jobs_claim', columnNames: ['id'], where: "state = 'QUEUED'" },
      { name: 'ix_jobs_expiry', columnNames: ['expires_at'], where: "state = 'QUEUED'" },
      { name: 'ix_jobs_lease', columnNames: ['lease_expires_at'], where: "state = 'RUNNING'" },
      { name: 'ix_jobs_canceled', columnNames: ['assigned_miner_id', 'finished_at'], where: "state = 'CANCELED'" },
      { name: 'ix_jobs_running', columnNames: ['assigned_miner_id'], where: "state = 'RUNNING'" },
    ],
  });
}

function requestColumns() {
  return [
    text('id', 60, primary),
    text('client_id', 200),
    text('submitted_by', 200),
    text('idempotency_key', 300, optional),
    text('service_type', 40),
    longText('service_request'),
    text('request_hash', 64),
    text('agent_id', 100, optional),
    text('execution_id', 60, optional),
    text('step_id', 64, optional),
    json('constraints'),
    text('need_gpu', 100, optional),
    count('need_cuda', optional),
    count('need_vram_mb', optional),
    json('need_models', optional),
    text('need_region', 100, optional),
    units('max_price', optional),
    units('payment_amount', optional),
    text('payment_currency', 10, optional),
  ];
}

function progressColumns() {
  return [
    text('state', 20),
    longText('error', optional),
    count('attempts', { default: '0' }),
    text('assigned_miner_id', 100, optional),
    time('lease_expires_at', optional),
    units('price', optional),
    longText('result', optional),
    json('metrics', optional),
    count('ttl_seconds'),
    time('requested_at'),
    time('expires_at'),
    time('started_at', optional),
    time('finished_at', optional),
    sequence('finished_seq', optional),
    time('updated_at'),
  ];
}

function feedTable(): Table {
  return new Table({ name: 'job_feed', columns: [count('id', primary), sequence('last_seq')] });
}

function minerTable(): Table {
  return new Table({
    name: 'miners',
    columns: [
      text('id', 100, primary),
      text('owner_id', 200),
      json('services', optional),
      json('models'),
      json('gpus'),
      text('cuda', 10, optional),
      count('cuda_number', optional),
      units('price'),
      count('concurrency'),
      text('region', 100, optional),
      json('public_key'),
      text('session_hash', 64, optional),
      text('status', 20),
      count('inflight'),
      json('metadata', optional),
      time('last_heartbeat_at'),
      time('registered_at'),
      time('updated_at'),
      time('removed_at', optional),
    ],
    indices: [
      { name: 'ix_miners_owner', columnNames: ['owner_id', 'id'] },
      { name: 'ix_miners_heartbeat', columnNames: ['last_heartbeat_at'] },
      { name: 'ux_miners_session', columnNames: ['session_hash'], isUnique: true },
    ],
  });
}

function receiptTable(): Table {
  return new Table({
    name: 'job_receipts',
    columns: [
      text('id', 60, primary),
      text('job_id', 60),
      text('client_id', 200),
      text('miner_id', 100),
      units('cost'),
      longText('jws'),
      json('miner_key'),
      time('issued_at'),
    ],
    foreignKeys: [
      {
        name: 'fk_job_receipts_job',
        columnNames: ['job_id'],
        referencedTableName: 'jobs',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
    indices: [
      { name: 'ux_job_receipts_job', columnNames: ['job_id'], isUnique: true },
      { name: 'ix_job_receipts_client', columnNames: ['client_id', 'id'] },
      { name: 'ix_job_receipts_miner', columnNames: ['miner_id', 'id'] },
    ],
  });
}
