import { generateKeyPairSync } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { AGENT_API, type Api } from './api';
import { unexplained } from './cutover/shadow-report';
import { createWorkflow, execute, finalState, verifiedReceipt } from './testing/executions';
import { shadowed, type Sides } from './testing/shadowed-reads';
import { renamed, type Tampered, type TamperingProxy, tamperingProxy } from './testing/tampering-proxy';
import { type LaunchedPlatform, type LaunchedService, TestBed } from './testing/test-bed';

/** Of whichever process an event or a token comes. */
const ISSUER = { ISSUER_URL: 'http://platform.test' };

const bed = new TestBed();
const proxies: TamperingProxy[] = [];
let platform: LaunchedPlatform;
let other: LaunchedService;
/** Every read of the API, of what is there and of what is not. */
let paths: string[];

beforeAll(async () => {
  platform = await bed.platform(ISSUER);
  other = await bed.agentManagement(platform.coordinator, ISSUER);
  paths = await everyRead(await madeData(platform.client));
});
afterAll(async () => {
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await bed.close();
});

const compare = (sides: Sides) => shadowed(bed, sides, paths, platform.keys.client);

/** The service behind a proxy that changes its answers. */
async function tampered(tamper: (answer: Tampered) => Tampered): Promise<Sides> {
  const proxy = await tamperingProxy(other.url, tamper);
  proxies.push(proxy);
  return { release: platform.agents.url, service: proxy.url };
}

describe('a shadow of two services', () => {
  it('on one database sees no difference, on any route', async () => {
    const { report, exitCode, text, page, stdout } = await compare({
      release: platform.agents.url,
      service: other.url,
    });
    expect(report.differences).toEqual([]);
    expect(report).toMatchObject({ verdict: 'equal', totals: { unexplained: 0, dropped: 0 } });
    expect(report.totals['compared']).toBeGreaterThan(20);
    expect(Object.keys(report.skipped_because)).toEqual(['stream']);
    expect(report.routes.map(({ route }) => route)).toEqual(await readRoutes());
    expect(exitCode).toBe('0');
    for (const written of [text, page, ...stdout]) expect(written).not.toContain(platform.keys.client);
  });

  it('sees a renamed field, where it is missing and where it is new', async () => {
    const { report, exitCode, log } = await compare(
      await tampered(({ status, body }) => ({ status, body: renamed(body, 'workflow_hash', 'hash') })),
    );
    const route = `${AGENT_API}/workflows/{id}`;
    const found = [
      { route, kind: 'missing-field', pointer: '/workflow_hash' },
      { route: `${AGENT_API}/workflows`, kind: 'missing-field', pointer: '/items/*/workflow_hash' },
    ].map((difference) => expect.objectContaining({ ...difference, explanation: null }));
    expect(report.differences).toEqual(expect.arrayContaining(found));
    expect(report.differences).toContainEqual(
      expect.objectContaining({ route, kind: 'added-field', pointer: '/hash', explanation: expect.any(String) }),
    );
    expect(unexplained(report).every(({ kind }) => kind === 'missing-field')).toBe(true);
    expect(exitCode).toBe('1');
    expect(log).toContainEqual(
      expect.objectContaining({ event: 'difference', route, kind: 'missing-field', pointer: '/workflow_hash' }),
    );
  });

  it('sees another status', async () => {
    const { report, exitCode } = await compare(
      await tampered(({ status, body }) => ({ status: status === 404 ? 410 : status, body })),
    );
    expect(unexplained(report)).toContainEqual({
      ...{ route: `${AGENT_API}/agents/{id}`, kind: 'status', pointer: '', explanation: null, count: 1 },
      ...{ first_at: expect.any(String), last_at: expect.any(String) },
      examples: [
        expect.objectContaining({
          target: `${AGENT_API}/agents/nobody`,
          release: expect.stringMatching(/^\{"status":404,/),
          service: expect.stringMatching(/^\{"status":410,/),
        }),
      ],
    });
    expect(unexplained(report).every(({ kind }) => kind === 'status')).toBe(true);
    expect(exitCode).toBe('1');
  });

  it('sees that a column is gone which the code reads', async () => {
    const without = await bed.agentManagement(platform.coordinator, {
      ...ISSUER,
      DATABASE_URL: `sqlite:${copyWithout('agents', 'endpoint_url')}`,
    });
    const { report, exitCode } = await compare({ release: platform.agents.url, service: without.url });
    const failing = expect.objectContaining({
      release: expect.stringMatching(/^\{"status":200,/),
      service: expect.stringMatching(/^\{"status":500,/),
    });
    for (const route of [`${AGENT_API}/agents`, `${AGENT_API}/agents/{id}`]) {
      expect(unexplained(report)).toContainEqual(
        expect.objectContaining({
          ...{ route, kind: 'status' },
          examples: expect.arrayContaining([failing]),
        }),
      );
    }
    expect(report.routes.length).toBeGreaterThan(unexplained(report).length);
    expect(exitCode).toBe('1');
  });
});

describe('the command line of the shadow', () => {
  it('ends with 2 and says why when it cannot be followed', async () => {
    const { process, stderr } = bed.launch('shadow-diff', {}, ['--release', platform.agents.url]);
    expect(await process.ended).toBe('2');
    expect(stderr[0]).toBe('--service is missing');
  });

  it('ends with 1 when its port is taken', async () => {
    const { release, service } = { release: platform.agents.url, service: other.url };
    const args = ['--release', release, '--service', service, '--port', new URL(release).port];
    const { process, stderr } = bed.launch('shadow-diff', {}, args);
    expect(await process.ended).toBe('1');
    expect(stderr.join('\n')).toContain('EADDRINUSE');
  });
});

type Ids = Readonly<Record<string, string>>;

/** An agent, and an execution that has ended and has a receipt. Gives their ids by the names of path parameters. */
async function madeData(api: Api): Promise<Ids> {
  const { publicKey } = generateKeyPairSync('ed25519');
  const agent = { agent_id: 'reader', name: 'Reader', capabilities: ['reading'] };
  await api.post(`${AGENT_API}/agents/register`, { ...agent, public_key: publicKey.export({ format: 'jwk' }).x });
  await api.post(`${AGENT_API}/agents/reader/activate`);
  const network = await api.post<{ id: string }>(`${AGENT_API}/networks`, { name: 'All', agents: ['reader'] });
  const workflow = await createWorkflow(api, {
    name: 'Count',
    steps: { report: { name: 'Report', step_type: 'data_processing', config: { expression: '{ "n": 1 + 1 }' } } },
  });
  const execution = await execute(api, workflow);
  await finalState(api, execution);
  await verifiedReceipt(api, execution);
  return {
    ...{ agent_id: 'reader', network_id: network.id, workflow_id: workflow, execution_id: execution },
    ...{ step_id: 'report', version: '1', type: 'text_analysis' },
  };
}

/** The paths of the API that can be read, with the ids of what was made, and some that find nothing. */
async function everyRead(ids: Ids): Promise<string[]> {
  const filled = (await readPaths()).map((path) =>
    path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'nothing'),
  );
  return [...filled, `${AGENT_API}/agents/nobody`, `${AGENT_API}/executions?limit=1&count=true`];
}

/** As the report names those whose answers are not streams. */
async function readRoutes(): Promise<string[]> {
  const routes = (await readPaths()).map((path) => path.replace(/\{\w+\}/g, '{id}'));
  return [...new Set(routes)].filter((route) => !/\/\{id\}\/(events|stream)$/.test(route)).sort();
}

async function readPaths(): Promise<string[]> {
  const response = await fetch(`${platform.agents.url}/openapi.json`);
  const { paths: all } = (await response.json()) as { paths: Record<string, object> };
  return Object.keys(all).filter((path) => path.startsWith(AGENT_API) && 'get' in (all[path] ?? {}));
}

/** A copy of the platform's database as it is now, without a column. */
function copyWithout(table: string, column: string): string {
  const copy = bed.folder.file('without.db');
  const original = new DatabaseSync(bed.folder.file('coordinator.db'));
  original.exec(`VACUUM INTO '${copy}'`);
  original.close();
  const database = new DatabaseSync(copy);
  database.exec(`ALTER TABLE ${table} DROP COLUMN ${column}`);
  database.close();
  return copy;
}
