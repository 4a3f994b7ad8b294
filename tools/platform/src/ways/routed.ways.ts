import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { chmodSync, readFileSync } from 'node:fs';
import { AGENT_API, type Api } from '../api';
import { freePort } from '../free-port';
import { issueKeys } from '../keys';
import { builtReleaseNamed } from '../releases/build-release';
import { Router } from '../routing/router';
import { RoutedServices } from '../routing/routed-services';
import { createWorkflow, execute, verifiedReceipt } from '../testing/executions';
import { TestBed } from '../testing/test-bed';

const ROOT = join(__dirname, '..', '..', '..', '..');
const WAYS = ['service', 'proxy', 'monolith', 'canary:50'];

/** Each step waits until it is told to go on. */
const WAITING = {
  name: 'Waits twice',
  steps: Object.fromEntries(
    ['first', 'second'].map((name) => [
      name,
      { name, step_type: 'data_processing', config: { expression: '1', wait_for: { signal: name } } },
    ]),
  ),
  dependencies: { second: ['first'] },
};

let folder: TemporaryFolder;
let services: RoutedServices;
let key: string;
let client: Api;

beforeAll(async () => {
  const release = await builtReleaseNamed(ROOT, 'monolith');
  folder = temporaryFolder();
  chmodSync(folder.path, 0o755);
  services = await RoutedServices.start({
    ...{ root: ROOT, folder: folder.path, release },
    onLine: () => undefined,
  });
  ({ client: key } = await issueKeys(services.admin));
  client = services.admin.withKey(key);
}, 300_000);

afterAll(async () => {
  await services.stop();
  await folder.remove();
});

/** The names of an execution's events, each as soon as it has come. */
async function follow(executionId: string): Promise<{ readonly names: string[]; readonly ended: Promise<void> }> {
  const response = await fetch(`${services.urls.router}${AGENT_API}/executions/${executionId}/events`, {
    headers: { 'x-api-key': key, accept: 'text/event-stream' },
  });
  const names: string[] = [];
  const read = async () => {
    let text = '';
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString();
      names.splice(0, names.length, ...[...text.matchAll(/^event: (.+)$/gm)].map(([, name]) => name ?? ''));
    }
  };
  return { names, ended: read() };
}

describe.each(WAYS)('through the router, agents=%s', (way) => {
  beforeAll(() => services.router.route(`agents=${way}`));

  it('a stream brings each event when it happens, and ends after the last one', async () => {
    const id = await execute(client, await createWorkflow(client, WAITING));
    const { names, ended } = await follow(id);
    const waits = () => names.filter((name) => name === 'step.waiting').length;
    for (const [index, signal] of ['first', 'second'].entries()) {
      // Nothing more happens until we have seen it: what holds events back would hold this one back for good.
      await waitFor(() => waits() === index + 1);
      await client.post(`${AGENT_API}/executions/${id}/signals/${signal}`, { data: {} });
    }
    await ended;
    expect(names.at(-1)).toBe('execution.completed');
    expect(names.filter((name) => name === 'step.completed')).toHaveLength(2);
  });

  it('a workflow is made, run, and its receipt verified', async () => {
    const steps = { sum: { name: 'Sum', step_type: 'data_processing', config: { expression: 'inputs.n + 1' } } };
    const id = await execute(client, await createWorkflow(client, { name: 'Sum', steps }), { n: 1 });
    await client.get(`${AGENT_API}/executions/${id}/status?wait=20&until=final`);
    expect((await verifiedReceipt(client, id)).payload.status).toBe('completed');
  });
});

describe('the router', () => {
  it('sends again exactly those POSTs that take an Idempotency-Key', async () => {
    const { paths } = (await (await fetch(`${services.urls.agents}/openapi.json`)).json()) as Described;
    const configuration = readFileSync(folder.file('router/aitbc.conf'), 'utf8');
    const [, pattern = '(?!)'] = /location ~ (\^\/api\/v1\/agent\/\S+\$) \{/.exec(configuration) ?? [];
    const posts = Object.entries(paths).filter(([path, { post }]) => post !== undefined && path.startsWith(AGENT_API));
    const takesKey = posts.filter(([, { post }]) =>
      post?.parameters?.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey') || $ref?.endsWith('/Idempotency-Key')),
    );
    const again = posts.filter(([path]) => new RegExp(pattern).test(path.replace(/\{\w+\}/g, 'x')));
    const names = (found: typeof posts) => found.map(([path]) => path).sort();
    expect(takesKey.length).toBeGreaterThan(5);
    // A stream of tokens gets no key of the router's, so that its job ends when its reader leaves.
    expect(names(again)).toEqual(names(takesKey).filter((path) => !path.endsWith('/stream')));
  });

  it('answers 508 where the coordinator would pass requests back to it', async () => {
    const bed = new TestBed();
    chmodSync(bed.folder.path, 0o755);
    const listen = `127.0.0.1:${await freePort()}`;
    const coordinator = await bed.coordinator({ AGENT_MANAGEMENT_URL: `http://${listen}` });
    const address = new URL(coordinator.url).host;
    const router = await Router.start({
      ...{ root: ROOT, folder: bed.folder.file('router'), listen, coordinator: address, agents: address },
      ...{ release: { name: 'monolith', address }, shadow: address },
    });
    try {
      await router.route('agents=proxy', '--force');
      const response = await fetch(`${router.url}${AGENT_API}/agents`, {
        headers: { 'x-api-key': coordinator.keys.client },
      });
      expect(response.status).toBe(508);
      expect(await response.json()).toMatchObject({ code: 'loop_detected' });
      // It asks for the other service's document, and so itself, once.
      const described = await fetch(`${router.url}/openapi.json`);
      expect(Object.keys(((await described.json()) as Described).paths)).toContain('/api/v1/jobs');
    } finally {
      await router.stop();
      await bed.close();
    }
  });
});

interface Described {
  readonly paths: Readonly<
    Record<string, { readonly post?: { readonly parameters?: readonly { readonly $ref?: string }[] } }>
  >;
}
