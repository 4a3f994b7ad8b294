import { openPlatformDatabase } from '@aitbc/shared-core';
import {
  memoryLogger,
  startPostgres,
  type TemporaryFolder,
  temporaryFolder,
  waitFor,
} from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sqlite3 from 'sqlite3';
import { callersVariables } from '../../environment';
import { DIST } from '../../testing/dist';

const WORKSPACE = join(DIST, '..');
const PROGRAM = join(DIST, 'tools/operations/backup.js');
/** Large enough that a copy can be met in the middle, at half of the disk's speed. */
const BALLAST_MIB = 64;
/** Of 512 bytes, as `sh` counts: 10 MiB. */
const LIMIT_BLOCKS = 20_480;

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(folder.file('var/lib/aitbc'), { recursive: true });
  await makeDatabase(folder.file('var/lib/aitbc/coordinator.db'));
});
afterAll(() => folder.remove());

const backups = () => folder.file('var/backups/aitbc');
const entries = () => (existsSync(backups()) ? readdirSync(backups()).sort() : []);
const metrics = () => readFileSync(folder.file('var/lib/aitbc/metrics/aitbc_backup.prom'), 'utf8');
const lastSuccess = () => /^aitbc_backup_last_success_timestamp_seconds (\S+)$/m.exec(metrics())?.[1];

it('is called by its wrapper, like restore', async () => {
  const made = await run(join(WORKSPACE, 'deploy/bin/backup'), ['--root', folder.path]);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  const [name = ''] = entries();
  expect(made.stdout).toContain(`${join(backups(), name)}: `);
  expect(metrics()).toContain('aitbc_backup_last_exit_code 0');
  const checked = await run(join(WORKSPACE, 'deploy/bin/restore'), ['--root', folder.path, 'latest', '--check-only']);
  expect(checked.code).toBe(0);
  expect(checked.stdout).toContain('This backup can be restored.');
});

it('leaves the older backups and no half one when it is killed, and begins anew after that', async () => {
  for (const share of [0.1, 0.5, 0.9]) {
    const before = await killedAt(share);
    expect(entries().filter((name) => name.startsWith('aitbc-'))).toEqual(before);
    expect(entries()).toHaveLength(before.length + 2);
  }
  const before = entries().filter((name) => name.startsWith('aitbc-'));
  const next = await run(process.execPath, [PROGRAM, '--root', folder.path]);
  expect(next).toMatchObject({ code: 0 });
  expect(entries()).toHaveLength(before.length + 1);
  expect(entries().every((name) => name.startsWith('aitbc-'))).toBe(true);
});

it('tells that the disk is full, and keeps the older backups and the time of the last success', async () => {
  const [before, success] = [entries(), lastSuccess()];
  // As a full disk would, a limit of the shell's has the copy fail in the middle.
  const limited = `trap '' XFSZ; ulimit -f ${LIMIT_BLOCKS}; exec "$0" "$@"`;
  const full = await run('sh', ['-c', limited, process.execPath, PROGRAM, '--root', folder.path, '--keep', '1']);
  expect(full).toMatchObject({ code: 1, stdout: '' });
  expect(full.stderr).toMatch(
    /^copying .*coordinator\.db failed: .*\nno backup was made; the older ones are as they were\n$/,
  );
  expect(entries()).toEqual(before);
  expect(metrics()).toContain('aitbc_backup_last_exit_code 1');
  expect(success).toBeDefined();
  expect(lastSuccess()).toBe(success);
});

it.each([
  ['no such backup', ['aitbc-20200101T000000.000Z'], "there is no backup 'aitbc-20200101T000000.000Z'"],
  ['a database that is there', ['latest'], 'exists: with --replace it is kept'],
  ['another engine', ['latest', '--database', 'postgres://127.0.0.1:1/x'], 'this is a backup of sqlite'],
])('refuses to restore, told of %s', async (_, args, why) => {
  const refused = await run(process.execPath, [
    join(DIST, 'tools/operations/restore.js'),
    '--root',
    folder.path,
    ...args,
  ]);
  expect(refused.stderr).toContain(why);
  expect(refused.code).toBeGreaterThan(0);
});

describe('of PostgreSQL', () => {
  const bin = () => folder.file('bin');
  const backup = (url: string) =>
    run(process.execPath, [PROGRAM, '--root', folder.path, '--database', url], { PATH: bin() });

  it('says which pg_dump it needs', async () => {
    mkdirSync(bin());
    const server = await startPostgres();
    try {
      const url = await server.createDatabase();
      const without = await backup(url);
      expect(without.code).toBe(1);
      expect(without.stderr).toContain('pg_dump is not there: install');
      writeFileSync(join(bin(), 'pg_dump'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 9.6.24 (Debian 9.6.24-1)"\n');
      chmodSync(join(bin(), 'pg_dump'), 0o755);
      const old = await backup(url);
      expect(old.stderr).toMatch(
        /^pg_dump is of PostgreSQL 9, the server is (\d+): install postgresql-client-\1 or newer\n/,
      );
    } finally {
      await server.stop();
    }
  });
});

/**
 * Kills a backup when so much is copied, and gives those that were there before it. Another one is made where one has
 * ended before it was killed, as it may while this process is held up.
 */
async function killedAt(share: number): Promise<string[]> {
  for (;;) {
    const before = entries().filter((name) => name.startsWith('aitbc-'));
    const child = spawn(process.execPath, [PROGRAM, '--root', folder.path], { stdio: 'ignore' });
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    const isOver = () => child.exitCode !== null;
    await waitFor(() => isOver() || copiedMiB() >= share * BALLAST_MIB, { everyMs: 2 });
    child.kill('SIGKILL');
    const [code, signal] = await ended;
    if (signal === 'SIGKILL') return before;
    expect(code).toBe(0);
  }
}

/** MiB that are in the backup which is being made. */
function copiedMiB(): number {
  const partial = entries().find((name) => name.endsWith('.partial'));
  const copy = join(backups(), partial ?? 'none', 'coordinator.db');
  return (statSync(copy, { throwIfNoEntry: false })?.size ?? 0) / 1024 / 1024;
}

async function run(program: string, args: readonly string[], environment = {}) {
  const env = { ...callersVariables(['PATH']), ...environment };
  type Ended = { code?: number; stdout: string; stderr: string };
  const ended: Ended = await promisify(execFile)(program, [...args], { env }).catch((error: Ended) => error);
  return { code: ended.code ?? 0, stdout: ended.stdout, stderr: ended.stderr };
}

async function makeDatabase(path: string): Promise<void> {
  const database = await openPlatformDatabase({
    config: { DATABASE_URL: `sqlite:${path}`, BOOTSTRAP_ADMIN_KEY: undefined },
    entities: agentContextEntities,
    migrations: agentContextMigrations,
    logger: memoryLogger().logger,
    showAdminKey: () => undefined,
  });
  await database.close();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const ballast = `CREATE TABLE ballast (piece blob);
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${BALLAST_MIB})
    INSERT INTO ballast SELECT randomblob(1048576) FROM n`;
  const file = new sqlite3.Database(path);
  file.exec(ballast, (error) => (error ? reject(error) : resolve()));
  await promise;
  await new Promise((closed) => file.close(closed));
}
