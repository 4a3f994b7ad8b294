import { OperatorError } from '@aitbc/operator-programs';
import { statSync } from 'node:fs';
import { statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Layout } from '../layout';
import type { DatabaseAddress } from './address';
import type { BackupsFolder } from './backups-folder';
import { type DatabaseFacts, factsOf } from './database-facts';
import { currentReleases, keepFiles } from './kept-files';
import { type BackupManifest, DATABASE_FILES, describeFiles, FORMAT, MANIFEST } from './manifest';
import { dumpPostgres } from './postgres-dump';
import { assertSqliteFile, copySqlite, sqliteFaults } from './sqlite-copy';
import { SqliteConnection } from './sqlite-connection';
import type { TerminalProgress } from './terminal-progress';

export interface BackupOptions {
  readonly layout: Layout;
  readonly database: DatabaseAddress;
  readonly folder: BackupsFolder;
  /** Whole backups that stay, the new one too. */
  readonly keep: number;
  readonly progress: TerminalProgress;
}

export interface MadeBackup {
  readonly path: string;
  readonly manifest: BackupManifest;
  /** Names of the old ones that went. */
  readonly removed: readonly string[];
}

type Copied = Pick<BackupManifest, 'database' | 'postgres'>;

/**
 * Makes a backup while the services write. It counts when all of it is on the disk and was checked; old ones go only then.
 * @throws OperatorError when another one is being made, when the database cannot be read, and when the copy has faults
 */
export function makeBackup({ layout, database, folder, keep, progress }: BackupOptions): Promise<MadeBackup> {
  return folder.alone(async () => {
    const startedAt = new Date();
    let manifest: BackupManifest | undefined;
    const name = await folder.add(startedAt, async (partial) => {
      const copied = await copyDatabase(database, partial, progress);
      await keepFiles(layout, partial);
      progress.begin('hashing');
      const files = await describeFiles(partial);
      manifest = {
        format: FORMAT,
        startedAt: startedAt.toISOString(),
        finishedAt: new Date().toISOString(),
        engine: database.engine,
        releases: currentReleases(layout),
        ...copied,
        files,
      };
      await writeFile(join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
    });
    if (!manifest) throw new Error('a backup was made without a manifest');
    return { path: join(folder.path, name), manifest, removed: await folder.keepNewest(keep) };
  });
}

function copyDatabase(database: DatabaseAddress, folder: string, progress: TerminalProgress): Promise<Copied> {
  const target = join(folder, DATABASE_FILES[database.engine]);
  return database.engine === 'sqlite'
    ? copyCheckedSqlite(database.path, target, progress)
    : dumpChecked(database.url, target, progress);
}

async function copyCheckedSqlite(source: string, target: string, progress: TerminalProgress): Promise<Copied> {
  await assertSqliteFile(source);
  await assertRoom(source, dirname(target));
  await copySqlite(source, target, progress.of('copying'));
  const copy = await SqliteConnection.openReadOnly(target);
  try {
    progress.begin('checking the copy');
    const faults = await sqliteFaults(copy);
    if (faults.length > 0)
      throw new OperatorError(
        `the copy of ${source} has faults, and so has probably the database:\n${faults.join('\n')}`,
      );
    return { database: assertPlatform(await factsOf(copy), source) };
  } finally {
    await copy.close();
  }
}

async function dumpChecked(url: string, target: string, progress: TerminalProgress): Promise<Copied> {
  progress.begin('pg_dump runs');
  const { facts, versions } = await dumpPostgres(url, target);
  return { database: assertPlatform(facts, 'the database'), postgres: versions };
}

/** A copy of the wrong file is found out when it is made, and not when it is needed. */
function assertPlatform(facts: DatabaseFacts, name: string): DatabaseFacts {
  if (facts.migrations.length === 0)
    throw new OperatorError(`${name} is no database of the platform: it has no migrations`);
  return facts;
}

/** Before anything is written, so that the services' disk is not filled up to the last byte. */
async function assertRoom(source: string, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const [free, needed] = [bavail * bsize, statSync(source).size];
  if (free < needed)
    throw new OperatorError(`${folder} has ${mebibytes(free)} free, the database has ${mebibytes(needed)}`);
}

export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
