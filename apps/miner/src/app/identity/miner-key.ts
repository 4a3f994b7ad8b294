import { type Ed25519PrivateJwk, generateSigningKey, type SigningKey, signingKeyFrom } from '@aitbc/shared-core';
import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEY_FILE = 'miner-key.json';

/**
 * The key with which this miner signs its results. It is made once, readable by its owner only, and kept: the
 * coordinator verifies by the public key that was registered, and old receipts name it.
 * @throws Error when the file is not a key or others can read it.
 */
export async function loadMinerKey(stateDir: string): Promise<SigningKey> {
  const path = join(stateDir, KEY_FILE);
  const known = await readKey(path);
  if (known) return known;
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  await createKey(path);
  const created = await readKey(path);
  if (!created) throw new Error(`the miner's key ${path} vanished while it was made`);
  return created;
}

/** Two miners may start at once in one folder: `link` lets exactly one win, and nobody ever sees half a file. */
async function createKey(path: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(generateSigningKey().privateJwk), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
}

async function readKey(path: string): Promise<SigningKey | undefined> {
  let text: string;
  try {
    const { mode } = await stat(path);
    if ((mode & 0o077) !== 0)
      throw new Error(`others may read the miner's key ${path}: chmod 600 it, or make a new one`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
  try {
    return signingKeyFrom(parsePrivateJwk(text));
  } catch {
    // Without the cause: its message may quote the secret.
    throw new Error(`${path} is not the private JWK of an Ed25519 key`);
  }
}

function parsePrivateJwk(text: string): Ed25519PrivateJwk {
  const { kty, crv, x, d } = Object(JSON.parse(text)) as Record<string, unknown>;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string' || typeof d !== 'string')
    throw new Error('not a key');
  return { kty, crv, x, d };
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
