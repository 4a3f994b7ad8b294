import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../free-port';

/** Where Debian and Ubuntu install servers, each version beside the others. */
const SERVERS = '/usr/lib/postgresql';
const SETTINGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', 'shared_buffers=16MB'];

/** A server of the machine's own packages, which come with a `pg_dump` of the same version. */
export interface LocalPostgres {
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** The programs of the newest server of this machine; `undefined` when there is none. */
export function localPostgresBin(): string | undefined {
  if (!existsSync(SERVERS)) return undefined;
  const versions = readdirSync(SERVERS).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(SERVERS, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
}

/** Starts a server with empty files, which go with it. */
export async function startLocalPostgres(bin: string): Promise<LocalPostgres> {
  const data = mkdtempSync(join(tmpdir(), 'aitbc-postgres-'));
  // A server refuses to run as root; the packages have made a user for it.
  const owner = process.getuid?.() === 0 ? idsOf('postgres') : undefined;
  if (owner) chownSync(data, owner.uid, owner.gid);
  const options = { ...owner, cwd: data };
  const initdb = ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'];
  await promisify(execFile)(join(bin, 'initdb'), initdb, options);
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), ...SETTINGS.flatMap((setting) => ['-c', setting])];
  const server = spawn(join(bin, 'postgres'), args, { ...options, stdio: 'ignore' });
  const ended = once(server, 'exit');
  // It must not outlive this process, whatever ends that.
  process.once('exit', () => server.kill('SIGQUIT'));
  const url = (name: string) => `postgres://postgres@127.0.0.1:${port}/${name}`;
  const psql = (sql: string) =>
    promisify(execFile)(join(bin, 'psql'), [`--dbname=${url('postgres')}`, '--no-password', '--command', sql]);
  await until(() => psql('SELECT 1'), ended);
  return {
    async createDatabase(name) {
      await psql(`CREATE DATABASE ${name}`);
      return url(name);
    },
    async stop() {
      server.kill('SIGINT');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function until(works: () => Promise<unknown>, ended: Promise<unknown>): Promise<void> {
  let isOver = false;
  void ended.then(() => (isOver = true));
  for (;;) {
    try {
      await works();
      return;
    } catch (cause) {
      if (isOver) throw new Error('PostgreSQL did not start', { cause });
    }
  }
}

function idsOf(user: string): { uid: number; gid: number } {
  const id = (option: string) => Number(execFileSync('id', [option, user], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
