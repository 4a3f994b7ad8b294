import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { Api, type ServiceUrls } from './api';
import { isReady } from './is-ready';
import { createWorkflow, execute, finalState, verifiedReceipt } from './testing/executions';
import { isRunning } from './testing/processes';
import { allGone, killPrograms, runProgram, type RunningProgram } from './testing/program';

const folder = temporaryFolder();
const FREE_PORTS = { PORT: '0', AGENT_PORT: '0' };
const APPS = ['coordinator-api', 'agent-management', 'miner'] as const;
/** Each of the three processes has its part in it. */
const WORKFLOW = {
  name: 'By a miner',
  steps: {
    analyse: {
      name: 'Analyse',
      step_type: 'inference',
      config: { service_type: 'text_analysis', parameters: { text: 'A fine day', tasks: ['sentiment'] } },
    },
  },
};

afterEach(killPrograms);
afterAll(() => folder.remove());

function newFolder(name: string): string {
  mkdirSync(folder.file(name));
  return folder.file(name);
}

/** Where a started platform answers. */
async function answering(program: RunningProgram): Promise<ServiceUrls> {
  await program.says('Ctrl-C stops all.');
  const said = /coordinator answers at (\S+), agent-management \(\S+\) at (\S+)\.\n/.exec(program.output());
  return { coordinator: said?.[1] ?? '', agents: said?.[2] ?? '' };
}

/** The process of an app that the program runs now. */
function processOf(program: RunningProgram, app: string): number | undefined {
  return program
    .descendants()
    .find((pid) => isRunning(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`apps/${app}/main.js`));
}

/** Kills the process of an app, and gives its number. */
async function killAppOf(program: RunningProgram, app: string): Promise<number> {
  const victim = await waitFor(() => processOf(program, app));
  process.kill(victim, 'SIGKILL');
  return victim;
}

const keysIn = (cwd: string) => readFileSync(join(cwd, 'var/keys.json'), 'utf8');

describe('start', () => {
  it('serves, keeps its keys to itself, and finds them and its data again at the next start', async () => {
    const cwd = newFolder('twice');
    const first = runProgram('start', cwd, FREE_PORTS);
    const urls = await answering(first);
    for (const [service, url] of [
      ['coordinator-api', urls.coordinator],
      ['agent-management', urls.agents],
    ]) {
      expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'healthy', service });
      expect((await fetch(`${url}/ready`)).status).toBe(200);
    }
    expect(statSync(join(cwd, 'var/keys.json')).mode & 0o777).toBe(0o600);
    const keys = keysIn(cwd);
    const { client } = JSON.parse(keys) as { client: string };
    const path = '/api/v1/agent/agents/register';
    const public_key = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    await new Api(urls, client).post(path, { agent_id: 'kept', name: 'kept', public_key, capabilities: [] });
    const started = first.descendants();
    first.signal('SIGINT');
    expect(await first.ended).toBe('0');
    expect(first.output()).toMatch(/Stopped\.\n$/);
    await allGone(started);

    const second = runProgram('start', cwd, FREE_PORTS);
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
    const first = runProgram('start', cwd, FREE_PORTS);
    await answering(first);
    const before = JSON.parse(keysIn(cwd)) as Record<string, string>;
    first.signal('SIGINT');
    await first.ended;
    for (const end of ['', '-wal', '-shm']) rmSync(join(cwd, `var/coordinator.db${end}`), { force: true });

    const second = runProgram('start', cwd, FREE_PORTS);
    const urls = await answering(second);
    const after = JSON.parse(keysIn(cwd)) as Record<string, string>;
    expect(after['admin']).toBe(before['admin']);
    expect(after['client']).not.toBe(before['client']);
    expect(statSync(join(cwd, 'var/keys.json')).mode & 0o777).toBe(0o600);
    expect(await new Api(urls, after['client'] ?? '').get('/api/v1/jobs')).toMatchObject({ items: [] });
    rmSync(join(cwd, 'var/keys.json'));
    second.signal('SIGINT');
    await second.ended;

    const locked = runProgram('start', cwd, FREE_PORTS);
    expect(await locked.ended).toBe('1');
    expect(locked.output()).toContain('the database does not know the keys of');
  });

  it('restarts whichever process dies, at its old address, and ends when that could mend nothing', async () => {
    const cwd = newFolder('dead');
    const program = runProgram('start', cwd, FREE_PORTS);
    const urls = await answering(program);
    const client = new Api(urls, (JSON.parse(keysIn(cwd)) as { client: string }).client);
    const workflow = await createWorkflow(client, WORKFLOW);
    for (const app of APPS) {
      const victim = await killAppOf(program, app);
      await program.says(`${app} ended with SIGKILL; it is started again in 0.5 s`);
      await waitFor(() => ![undefined, victim].includes(processOf(program, app)));
      for (const url of Object.values(urls)) await waitFor(() => isReady(url));
      const id = await execute(client, workflow);
      expect(await finalState(client, id)).toMatchObject({ status: 'completed' });
      await verifiedReceipt(client, id);
    }
    const running = program.descendants();
    writeFileSync(join(cwd, '.env'), 'LOG_LEVEL=chatty\n');
    await killAppOf(program, 'agent-management');
    expect(await program.ended).toBe('1');
    expect(program.output()).toContain('agent-management ended with 78: The configuration is not valid:');
    expect(program.output()).toContain("LOG_LEVEL: 'chatty' is not one of");
    await allGone(running);
  }, 120_000);

  it('stops what it has started when Ctrl-C comes before all is up', async () => {
    const cwd = newFolder('early');
    const program = runProgram('start', cwd, FREE_PORTS);
    await program.says('[coordinator-api]');
    const started = program.descendants();
    program.signal('SIGINT');
    expect(await program.ended).toBe('0');
    expect(program.output()).not.toContain('Ctrl-C stops');
    await allGone(started);
  });

  it.each([
    ['coordinator-api', 'PORT'],
    ['agent-management', 'AGENT_PORT'],
  ])('says that the port of the %s is in use', async (app, variable) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const variables = { ...FREE_PORTS, [variable]: String(port) };
    const program = runProgram('start', newFolder(`port of ${app} in use`), variables);
    expect(await program.ended).toBe('1');
    other.close();
    expect(program.output()).toContain(
      `${app} ended with 1: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
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

    const other = runProgram('start', cwd, { PORT: '0', AGENT_PORT: 'eighty' });
    expect(await other.ended).toBe('1');
    expect(other.output()).toContain("AGENT_PORT: 'eighty' is not a whole number from 0 to 65535");
  });
});
