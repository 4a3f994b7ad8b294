import { OperatorError } from '@aitbc/operator-programs';
import { join } from 'node:path';
import { type DatabaseAddress, databaseOf, describeAddress } from '../backup/address';
import { type BackupManifest, changedFiles, DATABASE_FILES, readManifest } from '../backup/manifest';
import { runOnFile, toolVersion } from '../backup/postgres-tools';
import type { StoredDatabase } from '../backup/stored-database';
import type { TerminalProgress } from '../backup/terminal-progress';
import type { Layout } from '../layout';
import { Findings, type RestoreCheck } from './checks';
import { assertServicesStopped } from './in-use';
import { restorePostgres, UNVERIFIED } from './restore-postgres';
import { assertReplaceable, restoreSqlite, verifyFile } from './restore-sqlite';
import { verifyDatabase } from './verify-database';

export interface BackupToCheck {
  readonly layout: Layout;
  /** Of the backup. */
  readonly folder: string;
  readonly progress: TerminalProgress;
}

export interface BackupToRestore extends BackupToCheck {
  readonly target: DatabaseAddress;
  readonly replace: boolean;
}

export interface Restored {
  readonly backup: string;
  readonly ok: boolean;
  readonly checks: readonly RestoreCheck[];
  /** What came of it, and what is to be done: a line each. */
  readonly outcome: readonly string[];
}

/** Verifies a backup where it is; of PostgreSQL, that the whole dump can be read. */
export async function checkBackup({ layout, folder, progress }: BackupToCheck): Promise<Restored> {
  const manifest = readManifest(folder);
  const checks = [await verifyFiles(folder, manifest, progress)];
  const file = join(folder, DATABASE_FILES[manifest.engine]);
  if (isHolding(checks)) {
    const verify = verifier({ layout, manifest, progress });
    checks.push(...(manifest.engine === 'sqlite' ? await verifyFile(file, verify) : [await verifyDump(file)]));
  }
  const ok = isHolding(checks);
  const outcome = ok ? 'This backup can be restored.' : 'This backup is not as it was made: take another one.';
  return { backup: folder, ok, checks, outcome: [outcome] };
}

/**
 * Restores and verifies. What does not hold stays under a name that no service looks for.
 * @throws OperatorError when the target is not to be written
 */
export async function restoreBackup(options: BackupToRestore): Promise<Restored> {
  const { layout, folder, progress, target, replace } = options;
  const manifest = readManifest(folder);
  if (manifest.engine !== target.engine)
    throw new OperatorError(
      `this is a backup of ${manifest.engine}, and ${describeAddress(target)} is of ${target.engine}`,
    );
  if (isOfServices(layout, target)) await assertServicesStopped(layout);
  if (target.engine === 'sqlite') await assertReplaceable({ path: target.path, replace });
  const files = await verifyFiles(folder, manifest, progress);
  if (!files.ok)
    return { backup: folder, ok: false, checks: [files], outcome: ['Nothing was restored: take another backup.'] };
  const verify = verifier({ layout, manifest, progress });
  const source = join(folder, DATABASE_FILES[manifest.engine]);
  progress.begin('restoring');
  const { checks, outcome } =
    target.engine === 'sqlite'
      ? await intoFile(source, { path: target.path, replace }, verify)
      : await intoServer(source, target, manifest, verify);
  return { backup: folder, ok: isHolding(checks), checks: [files, ...checks], outcome };
}

type Verify = (database: StoredDatabase) => Promise<RestoreCheck[]>;

interface Outcome {
  readonly checks: readonly RestoreCheck[];
  readonly outcome: readonly string[];
}

async function intoFile(source: string, target: { path: string; replace: boolean }, verify: Verify): Promise<Outcome> {
  const { checks, path, kept } = await restoreSqlite(source, target, verify);
  const outcome = isHolding(checks)
    ? [`Restored as ${path}.`, ...(kept === undefined ? [] : [`The one before is ${kept}.`])]
    : [`What was restored does not hold. It is left as ${path}, where no service finds it; take another backup.`];
  return { checks, outcome };
}

async function intoServer(
  dump: string,
  target: Extract<DatabaseAddress, { engine: 'postgres' }>,
  manifest: BackupManifest,
  verify: Verify,
): Promise<Outcome> {
  const checks = await restorePostgres({ dump, url: target.url, manifest }, verify);
  const where = describeAddress(target);
  const outcome = isHolding(checks)
    ? `Restored as ${where}.`
    : `What was restored does not hold. It is left in the schema ${UNVERIFIED} of ${where}, where no service finds it; take another backup and an empty database.`;
  return { checks, outcome: [outcome] };
}

function verifier(options: Pick<BackupToCheck, 'layout' | 'progress'> & { readonly manifest: BackupManifest }): Verify {
  return (database) => verifyDatabase(database, options);
}

/** Only what the services of the installation use is theirs to be stopped for. */
function isOfServices(layout: Layout, target: DatabaseAddress): boolean {
  const own = databaseOf(layout);
  return own.engine === 'sqlite'
    ? target.engine === 'sqlite' && own.path === target.path
    : target.engine === 'postgres';
}

async function verifyFiles(
  folder: string,
  manifest: BackupManifest,
  progress: TerminalProgress,
): Promise<RestoreCheck> {
  const findings = new Findings();
  findings.look(manifest.files.length);
  for (const fault of await changedFiles(folder, manifest, progress.of('checksums'))) findings.fault(fault);
  return findings.check('files', `as they were backed up at ${manifest.startedAt}`);
}

/** Reads the whole dump, decompressing it, without a server. */
async function verifyDump(file: string): Promise<RestoreCheck> {
  const findings = new Findings();
  await toolVersion('pg_restore');
  findings.look();
  await runOnFile('pg_restore', ['--file=/dev/null', file]).catch((error: unknown) => findings.fault(String(error)));
  return findings.check('dump', 'pg_restore reads all of it; its rows are verified when it is restored');
}

function isHolding(checks: readonly RestoreCheck[]): boolean {
  return checks.every(({ ok }) => ok);
}
