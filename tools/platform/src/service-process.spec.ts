import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { waitFor } from '@aitbc/shared-core/testing';
import { AGENT_API } from './api';
import type { ServiceName } from './child-app';
import { COMMAND_JOB } from './testing/command-miner';
import { createWorkflow, execute, executionState } from './testing/executions';
import { sqliteRows } from './testing/sqlite-rows';
import {
  type Callers,
  type LaunchedCoordinator,
  type LaunchedService,
  TestBed,
  type Variables,
} from './testing/test-bed';

/** What the tests ask of a service. */
interface Routes {
  readonly badVariable: [name: string, value: string, problem: string];
  /** A list that admins may see. */
  readonly list: string;
  /** Where clients create something. */
  readonly creation: string;
  /** The path of a long poll that nothing answers but the stop. */
  readonly longPoll: (callers: Callers) => Promise<string>;
  /** What it is answered then. */
  readonly polled: { readonly status: number; readonly body: object };
}

const ROUTES: Readonly<Record<ServiceName, Routes>> = {
  'coordinator-api': {
    badVariable: ['JOB_LEASE_SECONDS', '0', "'0' is not a whole number from 1 to 3600"],
    list: '/api/v1/miners',
    creation: '/api/v1/jobs',
    async longPoll({ client }) {
      const { job_id: id } = await client.post<{ job_id: string }>('/api/v1/jobs', { payload: COMMAND_JOB });
      return `/api/v1/jobs/${id}/result?wait=60`;
    },
    polled: { status: 425, body: { status: 425, instance: 'long-poll' } },
  },
  'agent-management': {
    badVariable: ['LEASE_SECONDS', '0', "'0' is not a whole number from 1 to 3600"],
    list: `${AGENT_API}/workflows`,
    creation: `${AGENT_API}/workflows`,
    async longPoll({ client }) {
      const config = { expression: '1', wait_for: { signal: 'go' } };
      const steps = { wait: { name: 'Wait', step_type: 'data_processing', config } };
      const id = await execute(client, await createWorkflow(client, { name: 'Waits', steps }));
      await waitFor(async () => (await executionState(client, id)).step_states['wait']?.waits_for === 'signal');
      return `${AGENT_API}/executions/${id}/status?wait=60&until=final`;
    },
    polled: { status: 200, body: { step_states: { wait: { waits_for: 'signal' } } } },
  },
};

const bed = new TestBed();
let beside: LaunchedCoordinator;
beforeAll(async () => {
  beside = await bed.coordinator();
});
afterAll(() => bed.close());

describe.each(['coordinator-api', 'agent-management'] as const)('the process of the %s', (service) => {
  const { badVariable, list, creation, longPoll, polled } = ROUTES[service];

  /** What a boot with one change to a good configuration comes to. */
  async function boot(variables: Variables) {
    const launched = bed.launch(service, {
      PORT: '0',
      DATABASE_URL: `sqlite:${bed.folder.file('never.db')}`,
      ...variables,
    });
    return { code: await launched.process.ended, stdout: launched.stdout, stderr: launched.stderr.join('\n') };
  }

  async function start(variables: Variables = {}): Promise<LaunchedService & Callers> {
    if (service === 'coordinator-api') return bed.coordinator(variables);
    const agents = await bed.agentManagement(beside, variables);
    return { ...agents, ...bed.callers(beside, agents) };
  }

  /** Sends the beginning of a request, which the service has taken up when it says that the rest may come. */
  async function beginRequest(url: string, key: string): Promise<Socket> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    // A service that ends with it may reset it.
    socket.on('error', () => undefined);
    const head = [`POST ${creation} HTTP/1.1`, `Host: ${hostname}`, `X-Api-Key: ${key}`, 'Content-Length: 100'];
    socket.write([...head, 'Content-Type: application/json', 'Expect: 100-continue', '', ''].join('\r\n'));
    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 100 /);
    socket.write('{');
    return socket;
  }

  it.each([
    ['PORT', '80a', "'80a' is not a whole number from 0 to 65535"],
    ['PORT', '65536', "'65536' is not a whole number from 0 to 65535"],
    ['BOOTSTRAP_ADMIN_KEY', 'short-but-secret', 'it has 16 characters, fewer than 32'],
    ['DATABASE_URL', 'mysql://me:hunter2@localhost/db', 'it is neither sqlite:<path> nor a postgres:// URL'],
    ['LOG_LEVEL', 'chatty', "'chatty' is not one of error, warn, info, debug"],
    badVariable,
  ])('exits with 78 and names %s=%s, without showing a secret', async (name, value, problem) => {
    const { code, stdout, stderr } = await boot({ [name]: value });
    expect({ code, stdout }).toEqual({ code: '78', stdout: [] });
    expect(stderr).toContain(`  ${name}: ${problem}. Expected: `);
    expect(stderr).not.toMatch(/short-but-secret|hunter2/);
  });

  it('names every bad variable, not only the first', async () => {
    const { code, stderr } = await boot({ PORT: 'x', BOOTSTRAP_ADMIN_KEY: 'x', DATABASE_URL: 'x', LOG_LEVEL: 'x' });
    expect(code).toBe('78');
    const named = [...stderr.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name).sort();
    expect(named).toEqual(['BOOTSTRAP_ADMIN_KEY', 'DATABASE_URL', 'LOG_LEVEL', 'PORT']);
  });

  it('exits with 1 and a reason when its database cannot be opened', async () => {
    const { code, stderr } = await boot({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/none' });
    expect(code).toBe('1');
    expect(stderr).toContain('ECONNREFUSED');
    expect(stderr).not.toContain('hunter2');
  });

  it('refuses to start where its database could not be durable', async () => {
    const { code, stderr } = await boot({ DATABASE_URL: 'sqlite::memory:' });
    expect(code).toBe('1');
    expect(stderr).toContain('PRAGMA journal_mode is memory, must be wal; refusing to start');
  });

  it('makes a database that writes ahead to a log, and shows its random admin key once, on standard error only', async () => {
    const file = bed.folder.file(`new database of ${service}`);
    const variables = { PORT: '0', DATABASE_URL: `sqlite:${file}`, LOG_LEVEL: 'debug' };
    const first = bed.launch(service, variables);
    const url = await first.process.listening();
    // Another pipe than that of the line by which it says that it listens.
    await waitFor(() => first.stderr.length > 0);
    expect(first.stderr).toHaveLength(1);
    const key = /^The first admin key, shown only now: (\S{40,})$/.exec(first.stderr[0] ?? '')?.[1] ?? '';
    const answer = await fetch(`${url}${list}`, { headers: { 'x-api-key': key } });
    expect(answer.status).toBe(200);
    // As another connection to the file sees.
    expect(sqliteRows(file, 'PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    expect(sqliteRows(file, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(await first.process.stop()).toBe('0');
    expect(first.stdout.join('\n')).not.toContain(key);

    const second = bed.launch(service, variables);
    await second.process.listening();
    expect(second.stderr).toEqual([]);
    second.process.killGroup();
  });

  it('announces its URL in the first line after its start, and drains at SIGTERM', async () => {
    const { process, url, log } = await start();
    const started = log().filter(({ message }) => message !== 'migrated');
    expect(started[0]).toMatchObject({ level: 'info', service, event: 'listening', url });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    process.signal('SIGTERM');
    await process.expectLog(({ event }) => (event === 'stopping' ? true : undefined));
    // While it drains it still answers, so that no request is lost, and says that it is not ready.
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    expect(await process.ended).toBe('0');
    expect(log().map(({ event }) => event)).toEqual(expect.arrayContaining(['listening', 'stopping', 'stopped']));
    await expect(fetch(`${url}/health`)).rejects.toThrow();
  });

  it('answers a long poll when it stops, instead of cutting it', async () => {
    const { process, client, url, keys, ...callers } = await start();
    const path = await longPoll({ client, keys, ...callers });
    const headers = { 'x-api-key': keys.client, 'x-request-id': 'long-poll' };
    const polling = fetch(`${url}${path}`, { headers });
    // The poll has been taken up once a request that came after it is answered.
    await client.get(path.replace(/(\/result|\/status)?\?.*/, ''));
    process.signal('SIGTERM');
    const answer = await polling;
    expect(answer.status).toBe(polled.status);
    expect(await answer.json()).toMatchObject(polled.body);
    expect(await process.ended).toBe('0');
  });

  it('stops in order though a client never sends the rest of its request', async () => {
    const { process, url, keys, log } = await start();
    const cut = once(await beginRequest(url, keys.client), 'close');
    process.signal('SIGTERM');
    expect(await process.ended).toBe('0');
    await cut;
    const events = log().map(({ event }) => event);
    expect(events).toContain('drain_timeout');
    expect(events.at(-1)).toBe('stopped');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('exits at once at a second signal (%s)', async (second) => {
    const { process, url, keys, log } = await start();
    // Without it the stop could be over before the second signal comes.
    await beginRequest(url, keys.client);
    process.signal('SIGTERM');
    await process.expectLog(({ event }) => (event === 'stopping' ? true : undefined));
    process.signal(second);
    expect(await process.ended).toBe('1');
    expect(log().map(({ event }) => event)).not.toContain('stopped');
  });
});
