import { AGENT_API, urlOf } from './api';
import { BODIES, CALLERS, FIELDS, GRAPHS, type Refusal } from './testing/refusals';
import { type LaunchedPlatform, TestBed } from './testing/test-bed';

const bed = new TestBed();
let platform: LaunchedPlatform;
/** Whole URL of a path, at the service that serves it. */
const at = (path: string) => urlOf({ coordinator: platform.coordinator.url, agents: platform.agents.url }, path);

beforeAll(async () => {
  platform = await bed.platform();
});

afterAll(() => bed.close());

/** Parts of stacks, of SQL, and of this machine's paths. */
const INSIDES = /\n\s+at |\.[jt]s:\d+|node_modules|\bdist\/|SQLITE|\bSELECT\b|\bINSERT\b|constraint failed/;

function send({ method = 'POST', path, body, headers = {} }: Refusal): Promise<Response> {
  const asIs = typeof body === 'string' || Buffer.isBuffer(body);
  return fetch(at(path), {
    method,
    headers: {
      'x-api-key': platform.keys.client,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: asIs ? body : JSON.stringify(body) }),
  });
}

async function total(path: string): Promise<string | null> {
  const response = await fetch(at(`${path}?count=true&limit=1`), {
    headers: { 'x-api-key': bed.adminKey },
  });
  expect(((await response.json()) as { items: unknown[] }).items).toEqual([]);
  return response.headers.get('x-total-count');
}

describe.each([
  ['a graph', GRAPHS],
  ['a field', FIELDS],
  ['a body', BODIES],
  ['a caller', CALLERS],
])('%s is refused', (_kind, refusals) => {
  it.each(Object.entries(refusals))('%s', async (_name, refusal) => {
    const response = await send(refusal);
    const text = await response.text();
    expect({ status: response.status, text }).toEqual({ status: refusal.status, text: expect.any(String) });
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    const problem = JSON.parse(text);
    expect(problem).toMatchObject({
      type: expect.any(String),
      title: expect.any(String),
      status: refusal.status,
      detail: expect.any(String),
      instance: response.headers.get('x-request-id'),
    });
    const pointers = (problem.errors ?? []).map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers.sort()).toEqual([...(refusal.pointers ?? [])].sort());
    expect(text).not.toMatch(INSIDES);
    if (refusal.status === 401) expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    if (refusal.status === 405) expect(response.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('what was refused', () => {
  it('left nothing behind', async () => {
    for (const list of ['workflows', 'executions', 'agents']) expect(await total(`${AGENT_API}/${list}`)).toBe('0');
    expect(await total('/api/v1/jobs')).toBe('0');
  });

  it('was no fault of ours', () => {
    const lines = [...platform.coordinator.log(), ...platform.agents.log()];
    expect(lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });
});
