import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadMinerKey } from './miner-key';

describe('loadMinerKey', () => {
  let folder: string;
  let stateDir: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'miner-key-'));
    stateDir = join(folder, 'state');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('makes a key that only its owner can read, and keeps it', async () => {
    const { kid } = await loadMinerKey(stateDir);
    expect((await stat(join(stateDir, 'miner-key.json'))).mode & 0o777).toBe(0o600);
    expect((await loadMinerKey(stateDir)).kid).toBe(kid);
  });

  it('gives several starters at once the same key', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => loadMinerKey(stateDir)));
    expect(new Set(keys.map((key) => key.kid)).size).toBe(1);
    expect(await readdir(stateDir)).toEqual(['miner-key.json']);
  });

  it('refuses a key that others can read', async () => {
    await loadMinerKey(stateDir);
    await chmod(join(stateDir, 'miner-key.json'), 0o644);
    await expect(loadMinerKey(stateDir)).rejects.toThrow('others may read');
  });

  it('refuses a damaged key instead of replacing it, and does not quote it', async () => {
    await loadMinerKey(stateDir);
    await writeFile(join(stateDir, 'miner-key.json'), '{"d":"secret');
    await expect(loadMinerKey(stateDir)).rejects.toThrow(/is not the private JWK of an Ed25519 key$/);
  });
});
