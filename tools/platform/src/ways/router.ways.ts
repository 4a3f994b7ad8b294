import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { freePort } from '../free-port';
import { nginxComplaint } from '../routing/nginx-process';
import { program, Router } from '../routing/router';
import { EchoServer, type SeenRequest } from './echo-server';

const ROOT = join(__dirname, '..', '..', '..', '..');
const AGENTS = '/api/v1/agent/agents';
const KEY = { 'x-api-key': 'a-key' };

let folder: TemporaryFolder;
let servers: Record<'coordinator' | 'agents' | 'monolith' | 'shadow', EchoServer>;
let router: Router;

beforeAll(async () => {
  folder = temporaryFolder();
  // Workers of nginx, who are somebody else when this is root, look for files in there.
  chmodSync(folder.path, 0o755);
  const [coordinator, agents, monolith, shadow] = await Promise.all(
    ['coordinator-api', 'agent-management', 'monolith', 'shadow-diff'].map((name) => EchoServer.start(name)),
  );
  if (!coordinator || !agents || !monolith || !shadow) throw new Error('a server is missing');
  servers = { coordinator, agents, monolith, shadow };
  router = await Router.start({
    root: ROOT,
    folder: folder.file('router'),
    listen: `127.0.0.1:${await freePort()}`,
    coordinator: coordinator.address,
    agents: agents.address,
    release: { name: 'monolith', address: monolith.address },
    shadow: shadow.address,
  });
});

afterEach(async () => {
  for (const server of Object.values(servers)) Object.assign(server, { isReady: true, dies: false });
  await router.route('agents=service', 'shadow=off', '--force');
  // Who has died is left alone for a while.
  await waitFor(async () => (await ask(AGENTS)).by === 'agent-management', { timeoutMs: 10_000, everyMs: 50 });
  Object.values(servers).forEach(({ seen }) => seen.splice(0));
});

afterAll(async () => {
  await router.stop();
  await Promise.all(Object.values(servers).map((server) => server.stop()));
  await folder.remove();
});

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
}

/** Asks through the router; gives who answered, as the answer names it and as it was. */
async function ask(path: string, { method = 'GET', headers = KEY, body }: Asked = {}) {
  const response = await fetch(router.url + path, { method, headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  const seen =
    response.headers.get('content-type') === 'application/json' ? (JSON.parse(text) as SeenRequest) : undefined;
  return { status: response.status, by: response.headers.get('x-served-by'), seen };
}

describe('the ways', () => {
  it.each([
    ['service', 'agent-management'],
    ['monolith', 'monolith'],
    ['proxy', 'coordinator-api'],
  ])('agents=%s has the %s serve agents, and the coordinator all else', async (way, name) => {
    await router.route(`agents=${way}`);
    const answers = await Promise.all([ask(AGENTS), ask(`${AGENTS}/a/profile?x=1`), ask('/api/v1/agent/executions')]);
    expect(answers.map(({ by, seen }) => [by, seen?.server])).toEqual(answers.map(() => [name, name]));
    for (const path of ['/api/v1/jobs', '/health', '/api/v1/agents', '/metrics']) {
      expect((await ask(path)).by).toBe('coordinator-api');
    }
  });

  it('leave with the service what the release does not serve', async () => {
    await router.route('agents=monolith');
    const beyond = ['/api/v1/agent/security/policies', '/api/v1/agent/agentsmith', '/api/v1/agent/'];
    const served = async () => Promise.all(beyond.map(async (path) => (await ask(path)).by));
    expect(await served()).toEqual(beyond.map(() => 'agent-management'));
    // Returned to the release for good: it says itself that it does not know them.
    servers.agents.dies = true;
    expect(await served()).toEqual(beyond.map(() => 'monolith'));
    await router.route('agents=service', '--force');
    const { status } = await ask('/api/v1/agent/security/policies');
    expect(status).toBe(502);
  });

  it('refuse by a problem document what nobody answers', async () => {
    servers.agents.dies = true;
    const response = await fetch(`${router.url}${AGENTS}/a`, {
      method: 'PATCH',
      headers: { ...KEY, 'x-request-id': 'r-1' },
    });
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('x-request-id')).toBe('r-1');
    expect(await response.json()).toMatchObject({ status: 502, instance: 'r-1', code: 'dependency_unavailable' });
  });

  it('lead to who describes what is served', async () => {
    const served = async () =>
      Promise.all(['/openapi.json', '/docs', '/docs/'].map(async (path) => (await ask(path)).by));
    expect(new Set(await served())).toEqual(new Set(['coordinator-api']));
    await router.route('agents=monolith');
    expect(new Set(await served())).toEqual(new Set(['monolith']));
  });
});

describe('a change of the ways', () => {
  it('leaves connections as they are', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();
    const answered: (string | undefined)[] = [];
    for (const way of ['service', 'monolith', 'canary:0', 'proxy', 'canary:100', 'monolith']) {
      await router.route(`agents=${way}`);
      const sent = request(`${router.url}${AGENTS}`, { agent, headers: KEY });
      sent.on('socket', (socket) => sockets.add(socket)).end();
      const { promise, resolve } = Promise.withResolvers<string | undefined>();
      sent.on('response', (response) => {
        response.resume().on('end', () => resolve(String(response.headers['x-served-by'])));
      });
      answered.push(await promise);
    }
    agent.destroy();
    expect(answered).toEqual([
      'agent-management',
      'monolith',
      'monolith',
      'coordinator-api',
      'agent-management',
      'monolith',
    ]);
    expect(sockets.size).toBe(1);
  });

  it.each([0, 10, 50, 100])(
    'canary:%i sends so many principals to the service, each of them always',
    async (percent) => {
      await router.route(`agents=canary:${percent}`);
      const keys = Array.from({ length: 300 }, (_each, index) => ({ 'x-api-key': `key-${index * 7919}` }));
      const sides = await Promise.all(keys.map(async (headers) => (await ask(AGENTS, { headers })).by));
      const again = await Promise.all(keys.map(async (headers) => (await ask(AGENTS, { headers })).by));
      expect(again).toEqual(sides);
      const share = (100 * sides.filter((by) => by === 'agent-management').length) / keys.length;
      // Four standard deviations of a fair draw.
      expect(Math.abs(share - percent)).toBeLessThanOrEqual(4 * Math.sqrt((percent * (100 - percent)) / keys.length));
    },
  );

  it('is refused when those who would serve cannot', async () => {
    servers.monolith.isReady = false;
    await expect(router.route('agents=monolith')).rejects.toThrow(/nothing was changed: monolith .*\/ready: 503/);
    await expect(router.route('agents=canary:50')).rejects.toThrow(/monolith/);
    await expect(router.route('agents=nobody')).rejects.toThrow(/not service, proxy, canary:N/);
    expect(await router.route()).toMatch(/^agents=service shadow=off/);
    expect((await ask(AGENTS)).by).toBe('agent-management');
    await router.route('agents=monolith', '--force');
    expect((await ask(AGENTS)).by).toBe('monolith');
  });

  it('waits for no other one, and takes over from one that died', async () => {
    const lock = folder.file('router/route.lock');
    writeFileSync(lock, String(process.pid));
    await expect(router.route('agents=monolith')).rejects.toThrow(/another change is under way/);
    // No process has that number.
    writeFileSync(lock, '4194305');
    await router.route('agents=monolith');
    expect(existsSync(lock)).toBe(false);
  });
});

describe('the ways that are set', () => {
  it('can be set anew when it cannot be told what they are', async () => {
    writeFileSync(folder.file('router/ways/current/ways.json'), '{"agents":"gone","shadow":false}');
    await expect(router.route('shadow=off')).rejects.toThrow(/does not say which ways are set/);
    const args = ['--folder', folder.file('router'), '--listen', '127.0.0.1:1'];
    await expect(program(ROOT, 'nginx-config', args)).rejects.toThrow(/does not say which ways are set/);
    await router.route('agents=service');
    expect(await router.route()).toMatch(/^agents=service/);
  });
});

describe('the status', () => {
  it('tells who cannot serve', async () => {
    const status = () => program(ROOT, 'status', ['--folder', folder.file('router')]);
    expect(await status()).toMatch(/agents=service[^]*agent-management .*serves .*ready in/);
    servers.monolith.isReady = false;
    expect(await status()).toMatch(/monolith .*standby.*NOT READY: 503/);
    servers.agents.isReady = false;
    await expect(status()).rejects.toThrow(/status/);
  });
});

describe('a request on its way', () => {
  it('keeps its path and query byte for byte, its body and its id', async () => {
    const path = `${AGENTS}/a%2Fb%20c?name=%E2%82%AC&x=a%2Fb&x=%20+`;
    const body = new Uint8Array(1024 * 1024).fill(97);
    const { seen } = await ask(path, { method: 'POST', headers: { ...KEY, 'x-request-id': 'req-1' }, body });
    expect(seen).toMatchObject({ url: path, method: 'POST', bytes: body.length });
    expect(seen?.headers['x-request-id']).toBe('req-1');
    expect(seen?.headers['x-forwarded-for']).toBe('127.0.0.1');
    expect((await ask(AGENTS)).seen?.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is logged with the way that it took and who served it', async () => {
    await router.route('agents=monolith');
    const id = `req-${Date.now()}`;
    await ask(AGENTS, { headers: { ...KEY, 'x-request-id': id } });
    const lines = () => readFileSync(folder.file('router/logs/access.log'), 'utf8').split('\n');
    const line = await waitFor(() => lines().find((each) => each.includes(id)), { timeoutMs: 10_000, everyMs: 50 });
    expect(JSON.parse(line)).toMatchObject({
      way: 'release-monolith',
      served_by: 'monolith',
      path: AGENTS,
      status: 200,
    });
  });

  it('gets an Idempotency-Key when it is a POST without one', async () => {
    const own = { ...KEY, 'idempotency-key': 'mine' };
    const keys = [
      await ask(`${AGENTS}/register`, { method: 'POST', body: '{}' }),
      await ask('/api/v1/jobs', { method: 'POST', body: '{}' }),
      await ask(`${AGENTS}/register`, { method: 'POST', headers: own, body: '{}' }),
      await ask(AGENTS),
      await ask(`${AGENTS}/a`, { method: 'PATCH', body: '{}' }),
      // A stream with a key is one that its reader may come back to.
      await ask('/api/v1/agent/services/llm/stream', { method: 'POST', body: '{}' }),
      await ask('/api/v1/agent/services/llm/stream/', { method: 'POST', body: '{}' }),
      // Whatever the client's key looks like, it is the client's.
      await ask('/api/v1/jobs', { method: 'POST', headers: { ...KEY, 'idempotency-key': ':x' }, body: '{}' }),
    ].map(({ seen }) => seen?.headers['idempotency-key']);
    const made = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
    expect(keys).toEqual([made, made, 'mine', undefined, undefined, undefined, undefined, ':x']);
  });

  it.each<[string, string, string | undefined]>([
    ['GET', AGENTS, 'monolith'],
    ['PUT', '/api/v1/agent/workflows/wf_1', 'monolith'],
    ['POST', `${AGENTS}/register`, 'monolith'],
    ['POST', '/api/v1/agent/workflows/wf_1/execute', 'monolith'],
    ['POST', '/api/v1/agent/services/whisper', 'monolith'],
    ['POST', '/api/v1/agent/services/llm/stream', undefined],
    ['POST', '/api/v1/agent/services/llm/stream/', undefined],
    ['POST', '/api/v1/agent/executions/retry', undefined],
    ['POST', '/api/v1/agent/executions/exec_1/cancel', undefined],
    ['PATCH', `${AGENTS}/a`, undefined],
    ['POST', '/api/v1/agent/security/policies', undefined],
  ])('that is %s %s goes to %s when its server dies', async (method, path, expected) => {
    servers.agents.dies = true;
    const { status, seen } = await ask(path, { method, ...(method === 'GET' ? {} : { body: '{}' }) });
    expect(seen?.server).toBe(expected);
    expect(status).toBe(expected === undefined ? 502 : 200);
    const [first] = servers.agents.seenBelow(path);
    expect(first).toBeDefined();
    expect(seen?.headers['idempotency-key'] ?? undefined).toBe(expected && first?.headers['idempotency-key']);
  });
});

describe('a request id that services would not take', () => {
  it('is replaced, so that it stands in no document', async () => {
    servers.agents.dies = true;
    const headers = { ...KEY, 'x-request-id': 'a","code":"mine' };
    const response = await fetch(`${router.url}${AGENTS}/a`, { method: 'PATCH', headers });
    const { instance } = (await response.json()) as { instance: string };
    expect(instance).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('the shadow', () => {
  it('gets reads of agents and nothing else, and nobody waits for it', async () => {
    await router.route('shadow=on');
    const path = `${AGENTS}?limit=3&cursor=a%2Fb`;
    await ask(path);
    await ask(`${AGENTS}/register`, { method: 'POST', body: '{}' });
    await ask('/api/v1/jobs');
    await ask(`${AGENTS}/last`);
    await waitFor(() => servers.shadow.seenBelow(`${AGENTS}/last`).length > 0);
    const seen = servers.shadow.seen.map(({ method, url, headers }) => [method, url, headers['x-api-key']]);
    expect(seen).toContainEqual(['GET', path, 'a-key']);
    expect(servers.shadow.seen.filter(({ method, url }) => method !== 'GET' || !url.startsWith(AGENTS))).toEqual([]);
    servers.shadow.dies = true;
    expect((await ask(AGENTS)).status).toBe(200);
    await router.route('shadow=off', '--force');
    servers.shadow.seen.splice(0);
    await ask(AGENTS);
    expect(servers.shadow.seen).toEqual([]);
  });

  it('holds nobody back who leaves what is dead', async () => {
    await router.route('shadow=on');
    servers.shadow.isReady = false;
    servers.agents.isReady = false;
    await router.route('agents=monolith');
    await router.route('shadow=off');
    expect(await router.route()).toMatch(/^agents=monolith shadow=off/);
  });

  it('is not turned on while nobody compares', async () => {
    servers.shadow.isReady = false;
    await expect(router.route('shadow=on')).rejects.toThrow(/shadow-diff .*503/);
    expect(await router.route()).toMatch(/shadow=off/);
  });
});

describe('the configuration', () => {
  it('is taken by the nginx of a distribution, included in its http block', () => {
    const etc = folder.file('etc');
    mkdirSync(etc);
    writeFileSync(
      join(etc, 'nginx.conf'),
      `pid nginx.pid; error_log stderr; events {} http { open_file_cache max=1000; include ${folder.file('router')}/aitbc.conf; }`,
    );
    expect(nginxComplaint(etc)).toBe('');
  });

  it('lets no address in that would mean something else', async () => {
    const made = program(ROOT, 'nginx-config', ['--folder', folder.file('bad'), '--listen', '127.0.0.1:80;']);
    await expect(made).rejects.toThrow(/--listen: '127.0.0.1:80;' is not of the form/);
    const named = program(ROOT, 'nginx-config', ['--folder', folder.file('bad'), '--shadow', 'localhost:80']);
    await expect(named).rejects.toThrow(/--shadow: 'localhost:80' is not of the form/);
  });

  it('is in the repository as it is made for a machine', async () => {
    const made = await program(ROOT, 'nginx-config', ['--print', '--folder', '/var/lib/aitbc/router']);
    expect(readFileSync(join(ROOT, 'deploy', 'nginx', 'aitbc.conf'), 'utf8').trim()).toBe(made);
  });
});
