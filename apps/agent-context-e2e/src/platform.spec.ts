import { type Actor, actor, unique } from './testing/actors';
import { Client } from './testing/client';
import { AGENTS, API, WORKFLOWS } from './testing/paths';
import { expectProblem } from './testing/problem';

const stranger = new Client();
const ROUTES = [
  '/agents/register',
  '/agents',
  '/agents/{}',
  '/agents/{}/profile',
  '/agents/{}/heartbeat',
  '/agents/{}/status',
  '/agents/{}/activate',
  '/agents/{}/suspend',
  '/agents/{}/retire',
  '/stats',
  '/workflows',
  '/workflows/{}',
  '/workflows/{}/versions',
  '/workflows/{}/versions/{}',
  '/workflows/validate',
  '/workflows/{}/execute',
  '/executions',
  '/executions/{}',
  '/executions/{}/status',
  '/executions/{}/cost',
  '/executions/{}/logs',
  '/executions/{}/cancel',
  '/executions/{}/receipt',
  '/receipts/verify',
  '/networks',
  '/networks/{}',
  '/webhooks',
  '/webhooks/{}',
  '/webhooks/{}/deliveries',
];

describe('what a service answers without a key', () => {
  it('is healthy and ready', async () => {
    const { body } = await stranger.get('/health');
    expect(body).toMatchObject({ status: 'healthy', service: expect.any(String), version: expect.any(String) });
    await stranger.get('/ready');
  });

  it('publishes the keys that verify receipts', async () => {
    const { body } = await stranger.get('/.well-known/jwks.json');
    expect(body.keys.length).toBeGreaterThan(0);
    for (const key of body.keys) {
      expect(key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String) });
      expect(key).not.toHaveProperty('d');
    }
  });
});

describe('what a service tells about itself', () => {
  it('shows its figures to Prometheus', async () => {
    const { text, headers } = await stranger.get('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(text).toMatch(/^# TYPE \w+ (counter|gauge|histogram|summary)$/m);
  });

  it('describes its routes as OpenAPI 3.1, and shows them at /docs', async () => {
    const { body } = await stranger.get('/openapi.json');
    expect(body.openapi).toMatch(/^3\.1\./);
    const paths = Object.keys(body.paths).map((path) => path.replace(/\{\w+\}/g, '{}'));
    for (const path of ROUTES) expect(paths).toContain(`${API}${path}`);
    const { text } = await stranger.call('get', '/docs', { status: 200 });
    expect(text).toMatch(/<html/i);
  });
});

describe('request ids', () => {
  let alice: Actor;
  beforeAll(async () => {
    alice = await actor('client');
  });

  it('are taken over and echoed, in problems too', async () => {
    const id = unique('request');
    const headers = { 'x-request-id': id };
    expect((await alice.http.call('get', AGENTS, { status: 200, headers })).headers['x-request-id']).toBe(id);
    const problem = await alice.http.call('get', `${WORKFLOWS}/wf_none`, { status: 404, headers });
    expectProblem(problem);
    expect(problem.body.instance).toBe(id);
  });

  it('are made when there is none', async () => {
    const ids = [await alice.http.get(AGENTS), await alice.http.get(AGENTS)].map(
      ({ headers }) => headers['x-request-id'],
    );
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/\S/);
  });

  it('are made anew where what is sent is none', async () => {
    for (const id of ['two words', 'x'.repeat(1_000), 'ü']) {
      const headers = { 'x-request-id': Buffer.from(id).toString('latin1') };
      const answer = await alice.http.call('get', AGENTS, { status: 200, headers });
      expect(answer.headers['x-request-id']).toMatch(/^[\w.:-]{1,200}$/);
    }
  });

  it.each(['00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01', 'nonsense', '00-0-0-00'])(
    'go along with the traceparent %s',
    async (traceparent) => {
      const id = unique('request');
      const headers = { traceparent, 'x-request-id': id };
      expect((await alice.http.call('get', AGENTS, { status: 200, headers })).headers['x-request-id']).toBe(id);
    },
  );
});
