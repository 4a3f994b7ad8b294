import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryFolder } from '@aitbc/shared-core/testing';
import { Api } from './api';
import { allGone, killPrograms, runProgram, type RunningProgram } from './testing/program';

const folder = temporaryFolder();
const FREE_PORT = { PORT: '0' };

afterEach(killPrograms);
afterAll(() => folder.remove());

function newFolder(name: string): string {
  mkdirSync(folder.file(name));
  return folder.file(name);
}

/** The URL that a started platform answers at. */
async function answering(program: RunningProgram): Promise<string> {
  await program.says('Ctrl-C stops it.');
  return /The platform answers at (\S+)\. /.exec(program.output())?.[1] ?? '';
}

const keysIn = (cwd: string) => readFileSync(join(cwd, 'var/keys.json'), 'utf8');

describe('start', () => {
  it('serves, keeps its keys to itself, and finds them and its data again at the next start', async () => {
    const cwd = newFolder('twice');
    const first = runProgram('start', cwd, FREE_PORT);
    const url = await answering(first);
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({
      status: 'healthy',
      service: 'coordinator-api',
    });
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    expect(statSync(join(cwd, 'var/keys.json')).mode & 0o777).toBe(0o600);
    const keys = keysIn(cwd);
    const { client } = JSON.parse(keys) as { client: string };
    const path = '/api/v1/agent/agents/register';
    const public_key = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    await new Api(url, client).post(path, { agent_id: 'kept', name: 'kept', public_key, capabilities: [] });
    const started = first.descendants();
    first.signal('SIGINT');
    expect(await first.ended).toBe('0');
    expect(first.output()).toMatch(/Stopped\.\n$/);
    await allGone(started);

    const second = runProgram('start', cwd, FREE_PORT);
    const again = await answering(second);
    expect(keysIn(cwd)).toBe(keys);
    expect(await new Api(again, client).get('/api/v1/agent/agents/kept')).toMatchObject({ agent_id: 'kept' });
    const restarted = second.descendants();
    second.signal('SIGTERM');
    expect(await second.ended).toBe('0');
    await allGone(restarted);
  });

  it('makes new keys for a new database, with the admin key that it has', async () => {
    const cwd = newFolder('new database');
    const first = runProgram('start', cwd, FREE_PORT);
    await answering(first);
    const before = JSON.parse(keysIn(cwd)) as Record<string, string>;
    first.signal('SIGINT');
    await first.ended;
    for (const end of ['', '-wal', '-shm']) rmSync(join(cwd, `var/coordinator.db${end}`), { force: true });

    const second = runProgram('start', cwd, FREE_PORT);
    const url = await answering(second);
    const after = JSON.parse(keysIn(cwd)) as Record<string, string>;
    expect(after['admin']).toBe(before['admin']);
    expect(after['client']).not.toBe(before['client']);
    expect(statSync(join(cwd, 'var/keys.json')).mode & 0o777).toBe(0o600);
    expect(await new Api(url, after['client'] ?? '').get('/api/v1/jobs')).toMatchObject({ items: [] });
    rmSync(join(cwd, 'var/keys.json'));
    second.signal('SIGINT');
    await second.ended;

    const locked = runProgram('start', cwd, FREE_PORT);
    expect(await locked.ended).toBe('1');
    expect(locked.output()).toContain('the database does not know the keys of');
  });

  it.each(['coordinator-api', 'miner'])('stops all and fails when the %s dies', async (app) => {
    const cwd = newFolder(`dead ${app}`);
    const program = runProgram('start', cwd, FREE_PORT);
    await answering(program);
    const started = program.descendants();
    const victim = started.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`apps/${app}/main.js`));
    process.kill(victim ?? 0, 'SIGKILL');
    expect(await program.ended).toBe('1');
    expect(program.output()).toContain(`${app} ended with SIGKILL`);
    await allGone(started);
  });

  it('stops what it has started when Ctrl-C comes before all is up', async () => {
    const cwd = newFolder('early');
    const program = runProgram('start', cwd, FREE_PORT);
    await program.says('[coordinator-api]');
    const started = program.descendants();
    program.signal('SIGINT');
    expect(await program.ended).toBe('0');
    expect(program.output()).not.toContain('Ctrl-C stops it.');
    await allGone(started);
  });

  it('says that the port is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const program = runProgram('start', newFolder('port in use'), { PORT: String(port) });
    expect(await program.ended).toBe('1');
    other.close();
    expect(program.output()).toContain(
      `coordinator-api ended with 1: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
    );
  });

  it('names a bad variable, and takes an empty one as not set', async () => {
    const cwd = newFolder('bad variable');
    const program = runProgram('start', cwd, { PORT: 'eighty', DATABASE_URL: '', BOOTSTRAP_ADMIN_KEY: '' });
    expect(await program.ended).toBe('1');
    expect(program.output()).toContain('coordinator-api ended with 78: The configuration is not valid:');
    expect(program.output()).toContain("PORT: 'eighty' is not a whole number");
    expect(program.output()).not.toContain('DATABASE_URL:');
    expect(existsSync(join(cwd, 'var/coordinator.db'))).toBe(false);
  });
});
