import { transactionControlRefused } from './database-errors';

export type StatementKind = 'ordinary' | 'savepoint' | 'release' | 'rollback_to';

const TYPEORM_SAVEPOINT = /^(SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT) typeorm_\d+$/;
const TRANSACTION_CONTROL =
  /^\s*(BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PREPARE\s+TRANSACTION|PRAGMA|ATTACH|DETACH|VACUUM)\b/i;
/** SQLite's conflict clause that ends the whole transaction, and with it the other units of the batch. */
const CONFLICT_ROLLBACK = /\bOR\s+ROLLBACK\b/i;

/**
 * What a statement does to the transaction it runs in. TypeORM's own savepoints pass; anything else that would begin
 * or end a transaction is refused, because on SQLite it would end the other units of the batch too.
 */
export function statementKind(sql: string): StatementKind {
  const savepoint = TYPEORM_SAVEPOINT.exec(sql);
  if (savepoint) return savepointKind(savepoint[1]);
  if (TRANSACTION_CONTROL.test(sql) || CONFLICT_ROLLBACK.test(sql)) throw transactionControlRefused();
  return 'ordinary';
}

/** Of the statements of a transaction that is known beforehand: it asks, and writes nothing. */
export function isQuestion(sql: string): boolean {
  return /^\s*SELECT\b/i.test(sql);
}

function savepointKind(verb: string | undefined): StatementKind {
  if (verb === 'SAVEPOINT') return 'savepoint';
  return verb === 'RELEASE SAVEPOINT' ? 'release' : 'rollback_to';
}
