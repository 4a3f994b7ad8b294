import { factsOf } from '../backup/database-facts';
import type { BackupManifest } from '../backup/manifest';
import { sqliteFaults } from '../backup/sqlite-copy';
import { SqliteConnection } from '../backup/sqlite-connection';
import type { StoredDatabase } from '../backup/stored-database';
import type { TerminalProgress } from '../backup/terminal-progress';
import type { Layout } from '../layout';
import { Findings, type RestoreCheck } from './checks';
import { verifyKnownMigrations } from './known-migrations';
import { verifyEvents } from './verify-events';
import { verifyFacts } from './verify-facts';
import { verifyJobReceipts } from './verify-job-receipts';
import { verifyReceipts } from './verify-receipts';

export interface VerifyOptions {
  readonly layout: Layout;
  readonly manifest: BackupManifest;
  readonly progress: TerminalProgress;
}

/**
 * Judges a restored database by what it must be whatever is in it, and by what was counted when it was backed up. Tables are
 * read page by page, so that the memory it takes does not grow with them.
 */
export async function verifyDatabase(database: StoredDatabase, options: VerifyOptions): Promise<RestoreCheck[]> {
  const { layout, manifest, progress } = options;
  const checks: RestoreCheck[] = [];
  if (database instanceof SqliteConnection) {
    progress.begin('integrity_check');
    checks.push(await verifyIntegrity(database));
    // What is broken as a file is not read any further: SQLite would stop in the middle with an error of its own.
    if (checks.some(({ ok }) => !ok)) return checks;
  }
  progress.begin('counting');
  const facts = await factsOf(database);
  checks.push(...verifyFacts(facts, manifest.database), verifyKnownMigrations(layout, facts.migrations));
  const { counts } = facts;
  const has = (...tables: readonly string[]) => tables.every((table) => table in counts);
  if (has('agent_executions', 'execution_events')) {
    const backedUp = { counts, startedAt: Date.parse(manifest.startedAt) };
    checks.push(await verifyEvents(database, backedUp, progress.of('events')));
  }
  if (has('execution_receipts', 'signing_keys'))
    checks.push(await verifyReceipts(database, counts['execution_receipts'] ?? 0, progress.of('receipts')));
  if (has('job_receipts', 'signing_keys'))
    checks.push(await verifyJobReceipts(database, counts['job_receipts'] ?? 0, progress.of('job receipts')));
  return checks;
}

async function verifyIntegrity(database: SqliteConnection): Promise<RestoreCheck> {
  const findings = new Findings();
  findings.look();
  // A file that is no database at all is refused with an error instead of rows.
  const faults = await sqliteFaults(database).catch((error: unknown) => [sqliteMessage(error)]);
  for (const fault of faults) findings.fault(fault);
  return findings.check('integrity', 'integrity_check and foreign_key_check find nothing');
}

/** @throws what is no error of SQLite's */
function sqliteMessage(error: unknown): string {
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')) return error.message;
  throw error;
}
