import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';

const PIECE_BYTES = 1024 * 1024;

/** Resolves when a file, or the names in a folder, are on the disk. */
export async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Renames what is whole, so that after a power cut there is either all of it or nothing. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to);
  await sync(dirname(to));
}

/** A copy that only its owner may read. */
export async function copyPrivately(from: string, to: string): Promise<void> {
  await pipeline(
    createReadStream(from, { highWaterMark: PIECE_BYTES }),
    createWriteStream(to, { flags: 'wx', mode: 0o600 }),
  );
  await sync(to);
}

/** Who reads it meanwhile sees the old text or the new one. */
export async function replaceFile(path: string, text: string, mode: number): Promise<void> {
  const next = `${path}.next`;
  await writeFile(next, text, { mode });
  await rename(next, path);
}
