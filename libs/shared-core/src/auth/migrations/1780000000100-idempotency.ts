import { migrationColumns, TableMigration } from '@aitbc/shared-domain';
import { Table } from 'typeorm';

const { count, flag, json, optional, primary, text, time } = migrationColumns;

/** Records of requests with an `Idempotency-Key`, shared by all processes and releases on one database. */
export class Idempotency1780000000100 extends TableMigration {
  protected tables(): Table[] {
    return [
      new Table({
        name: 'idempotency_records',
        columns: [
          text('id', 64, primary),
          text('request_hash', 64),
          flag('replayable'),
          count('status'),
          json('headers'),
          json('body', optional),
          time('created_at'),
          time('expires_at'),
        ],
        indices: [{ name: 'ix_idempotency_records_expires', columnNames: ['expires_at'] }],
      }),
    ];
  }
}
