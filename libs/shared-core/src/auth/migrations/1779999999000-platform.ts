import { migrationColumns, oneOf, TableMigration } from '@aitbc/shared-domain';
import { Table } from 'typeorm';

const { json, optional, primary, text, time } = migrationColumns;

/** The first schema of the platform's own tables. Enums are spelt out: it says what was true when it was written. */
export class Platform1779999999000 extends TableMigration {
  protected tables(): Table[] {
    return [signingKeys(), apiKeys()];
  }
}

function signingKeys(): Table {
  return new Table({
    name: 'signing_keys',
    columns: [
      text('kid', 64, primary),
      json('public_jwk'),
      json('private_jwk'),
      time('created_at'),
      time('retired_at', optional),
    ],
    indices: [{ name: 'ix_signing_keys_retired', columnNames: ['retired_at'] }],
  });
}

function apiKeys(): Table {
  return new Table({
    name: 'api_keys',
    columns: [
      text('id', 60, primary),
      text('subject', 200),
      text('role', 20),
      text('key_hash', 64),
      text('label', 200, optional),
      time('created_at'),
      time('expires_at', optional),
      time('revoked_at', optional),
    ],
    checks: [{ name: 'ck_api_keys_role', expression: oneOf('role', ['admin', 'client', 'miner', 'service']) }],
    indices: [
      { name: 'ux_api_keys_hash', columnNames: ['key_hash'], isUnique: true },
      { name: 'ix_api_keys_subject', columnNames: ['subject', 'id'] },
      { name: 'ix_api_keys_role', columnNames: ['role', 'id'] },
    ],
  });
}
