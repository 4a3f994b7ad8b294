import { OperatorError } from '@aitbc/operator-programs';
import { existsSync } from 'node:fs';
import { chown, link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { copyPrivately, renameDurably, sync } from '../backup/durable-files';
import { SqliteConnection } from '../backup/sqlite-connection';
import type { RestoreCheck } from './checks';
import { assertNotOpen } from './in-use';

export interface SqliteTarget {
  readonly path: string;
  /** Whether one that is there may be replaced; it is kept beside. */
  readonly replace: boolean;
}

export interface RestoredFile {
  readonly checks: readonly RestoreCheck[];
  /** Where it is now: under another name than the services look for, unless all checks hold. */
  readonly path: string;
  /** Where the one before is. */
  readonly kept?: string;
}

type Verify = (database: SqliteConnection) => Promise<RestoreCheck[]>;

/** @throws OperatorError when there is one already, or when somebody has it open */
export async function assertReplaceable({ path, replace }: SqliteTarget): Promise<void> {
  if (!existsSync(path)) return;
  if (!replace) throw new OperatorError(`${path} exists: with --replace it is kept under another name`);
  await assertNotOpen(path);
}

/** Restores a file beside its place, verifies it there, and only then puts it there. */
export async function restoreSqlite(backup: string, target: SqliteTarget, verify: Verify): Promise<RestoredFile> {
  const { path } = target;
  await mkdir(dirname(path), { recursive: true, mode: 0o750 });
  const unverified = `${path}.unverified`;
  for (const file of [unverified, `${unverified}-journal`]) await rm(file, { force: true });
  await copyPrivately(backup, unverified);
  await giveToOwnerOf(dirname(path), unverified);
  const checks = await verifyFile(unverified, verify);
  if (checks.some(({ ok }) => !ok)) return { checks, path: unverified };
  await assertReplaceable(target);
  const kept = await keepOld(path);
  await renameDurably(unverified, path);
  return { checks, path, ...(kept !== undefined && { kept }) };
}

/** Opened so that it cannot be changed by being looked at. */
export async function verifyFile(path: string, verify: Verify): Promise<RestoreCheck[]> {
  const database = await SqliteConnection.openReadOnly(path);
  try {
    return await verify(database);
  } finally {
    await database.close();
  }
}

/**
 * Gives the old database a second name. Its log leaves before the new database comes: SQLite would take it for that one's.
 * At no instant is there none under the name that services look for: they would make an empty one.
 */
async function keepOld(path: string): Promise<string | undefined> {
  if (!existsSync(path)) return undefined;
  const kept = `${path}.before-${new Date().toISOString().replace(/[-:]/g, '')}`;
  await link(path, kept);
  for (const suffix of ['-wal', '-shm']) if (existsSync(path + suffix)) await rename(path + suffix, kept + suffix);
  await sync(dirname(path));
  return kept;
}

/** What root restores belongs to whom the folder belongs to: the services could not open it otherwise. */
async function giveToOwnerOf(folder: string, file: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(folder);
  await chown(file, uid, gid);
}
