import { sha256Hex } from '@aitbc/shared-core';
import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface OutputFile {
  readonly name: string;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly base64: string;
}

/** A file that the program was to make, or a folder of them, after placeholders were filled in. */
export interface ExpectedOutput {
  readonly path: string;
  readonly isDirectory: boolean;
  readonly mediaType: string;
}

/** The outputs together are larger than the operator allows. */
class OutputTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`the output is larger than ${maxBytes} bytes`);
    this.name = 'OutputTooLarge';
  }
}

/**
 * Reads what the program made: one file for a file, a list sorted by name for a folder.
 * @param maxBytes for all together.
 * @throws OutputTooLarge; Error when a file is missing or is not a regular file.
 */
export async function collectOutputs(
  outputs: Readonly<Record<string, ExpectedOutput>>,
  maxBytes: number,
): Promise<Record<string, OutputFile | OutputFile[]>> {
  const collected: Record<string, OutputFile | OutputFile[]> = {};
  let left = maxBytes;
  const take = async (path: string, name: string, mediaType: string): Promise<OutputFile> => {
    const file = await readOutput(path, name, mediaType, left);
    if (!file) throw new OutputTooLarge(maxBytes);
    left -= file.size_bytes;
    return file;
  };
  for (const [name, { path, isDirectory, mediaType }] of Object.entries(outputs)) {
    if (!isDirectory) {
      collected[name] = await take(path, path.slice(path.lastIndexOf('/') + 1), mediaType);
      continue;
    }
    const files: OutputFile[] = [];
    for (const entry of (await readdir(path)).sort()) files.push(await take(join(path, entry), entry, mediaType));
    collected[name] = files;
  }
  return collected;
}

/** `undefined` when it is larger than `maxBytes`. A symbolic link is refused: it could point at any file of the miner. */
async function readOutput(
  path: string,
  name: string,
  mediaType: string,
  maxBytes: number,
): Promise<OutputFile | undefined> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: unknown) => {
      throw new Error(`the program left no readable file '${name}'`, { cause: error });
    },
  );
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Error(`the output '${name}' is not a regular file`);
    if (stat.size > maxBytes) return undefined;
    const bytes = await handle.readFile();
    return {
      name,
      media_type: mediaType,
      size_bytes: bytes.length,
      sha256: sha256Hex(bytes),
      base64: bytes.toString('base64'),
    };
  } finally {
    await handle.close();
  }
}
