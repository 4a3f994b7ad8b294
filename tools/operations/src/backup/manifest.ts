import { OperatorError } from '@aitbc/operator-programs';
import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 as sha256Of } from '../sha256';
import type { DatabaseFacts } from './database-facts';
import type { OnProgress } from './stored-database';

export const MANIFEST = 'backup.json';
/** Of this shape. */
export const FORMAT = 1;
/** Where the database is in a backup. */
export const DATABASE_FILES = { sqlite: 'coordinator.db', postgres: 'coordinator.dump' } as const;

export interface BackupFile {
  /** Below the backup's folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** `backup.json`: what a backup is, written last. */
export interface BackupManifest {
  readonly format: typeof FORMAT;
  /** ISO 8601. What was acknowledged before this instant is in it. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly engine: 'sqlite' | 'postgres';
  /** Major versions of the server and of the `pg_dump` that has made it. */
  readonly postgres?: { readonly server: number; readonly tool: number };
  /** Versions of the releases that served, by application; empty outside of an installation. */
  readonly releases: Readonly<Record<string, string>>;
  readonly database: DatabaseFacts;
  readonly files: readonly BackupFile[];
}

export function bytesOf({ files }: BackupManifest): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** @throws OperatorError when the folder holds no backup of a format known here */
export function readManifest(folder: string): BackupManifest {
  let manifest: Partial<BackupManifest>;
  try {
    manifest = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8')) as Partial<BackupManifest>;
  } catch (cause) {
    throw new OperatorError(`${folder} is no backup: its ${MANIFEST} cannot be read`, { cause });
  }
  if (manifest.format !== FORMAT)
    throw new OperatorError(
      `${folder} is a backup of format ${String(manifest.format)}, not ${FORMAT}: use a newer release`,
    );
  return manifest as BackupManifest;
}

/** All files of a folder but the manifest, sorted. */
export async function describeFiles(folder: string): Promise<BackupFile[]> {
  const files: BackupFile[] = [];
  for (const path of await filesBelow(folder)) {
    const { size: bytes } = await stat(join(folder, path));
    files.push({ path, bytes, sha256: sha256Of(join(folder, path)) });
  }
  return files;
}

/** How the files differ from those that were backed up: a sentence for each. */
export async function changedFiles(
  folder: string,
  manifest: BackupManifest,
  onProgress: OnProgress,
): Promise<string[]> {
  const faults: string[] = [];
  const total = bytesOf(manifest);
  let done = 0;
  for (const { path, bytes, sha256 } of manifest.files) {
    const found = await stat(join(folder, path)).catch(() => undefined);
    if (!found) faults.push(`${path} is missing`);
    else if (found.size !== bytes) faults.push(`${path} has ${found.size} bytes instead of ${bytes}`);
    else if (sha256Of(join(folder, path)) !== sha256) faults.push(`${path} was changed`);
    done += bytes;
    onProgress(done, total);
  }
  return faults;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => path !== MANIFEST)
    .sort();
}
