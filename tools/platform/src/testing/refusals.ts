import { gzipSync } from 'node:zlib';
import { AGENT_API } from '../api';
import { COMMAND_JOB } from './command-miner';

/** A request that must be refused. */
export interface Refusal {
  readonly method?: string;
  readonly path: string;
  /** As it is sent: text as it stands, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** `pointer` of each entry in `errors`, in any order; nothing for problems that are about no field. */
  readonly pointers?: readonly string[];
}

const WORKFLOWS = `${AGENT_API}/workflows`;
const MIB = 1024 * 1024;

const step = { name: 'One', step_type: 'data_processing', config: { expression: '1' } };
const workflow = { name: 'Sound', steps: { a: step, b: step, c: step } };

const invalid = (path: string, body: unknown, ...pointers: string[]): Refusal => ({
  path,
  body,
  status: 422,
  pointers,
});
const badWorkflow = (change: object, ...pointers: string[]) =>
  invalid(WORKFLOWS, { ...workflow, ...change }, ...pointers);
const badStep = (change: object, ...pointers: string[]) =>
  badWorkflow({ steps: { a: { ...step, ...change } } }, ...pointers);
const badJob = (change: object, ...pointers: string[]) =>
  invalid('/api/v1/jobs', { payload: COMMAND_JOB, ...change }, ...pointers);
const raw = (body: unknown, status: number, headers: Record<string, string> = {}, pointers?: string[]): Refusal => ({
  path: WORKFLOWS,
  body,
  headers: { 'content-type': 'application/json', ...headers },
  status,
  ...(pointers && { pointers }),
});

function nested(depth: number): unknown {
  return depth === 0 ? 1 : { x: nested(depth - 1) };
}

const deepPath = `/steps/a/config${'/x'.repeat(29)}`;

export const GRAPHS: Readonly<Record<string, Refusal>> = {
  'a circle': badWorkflow({ dependencies: { a: ['c'], b: ['a'], c: ['b'] } }, '/dependencies'),
  'a step that needs itself': badWorkflow({ dependencies: { a: ['a'] } }, '/dependencies/a/0'),
  'a need of an unknown step': badWorkflow({ dependencies: { b: ['a', 'ghost'] } }, '/dependencies/b/1'),
  'needs of an unknown step': badWorkflow({ dependencies: { ghost: ['a'] } }, '/dependencies/ghost'),
  'a need that is no id': badWorkflow({ dependencies: { a: [1] } }, '/dependencies/a/0'),
  '201 steps': badWorkflow(
    { steps: Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`s${index}`, step])) },
    '/steps',
  ),
  'no steps': badWorkflow({ steps: {} }, '/steps'),
  'a bad step id': badWorkflow({ steps: { 'Not-An-Id': step } }, '/steps'),
};

export const FIELDS: Readonly<Record<string, Refusal>> = {
  'an unknown field': badWorkflow({ surprise: 1 }, '/surprise'),
  'an owner in the body': badWorkflow({ owner_id: 'somebody' }, '/owner_id'),
  'an unknown field of a step': badStep({ surprise: 1 }, '/steps/a/surprise'),
  'every wrong type at once': badWorkflow(
    { name: 5, tags: 'x', is_public: 'yes', max_execution_time: '1h', dependencies: [] },
    '/name',
    '/tags',
    '/is_public',
    '/max_execution_time',
    '/dependencies',
  ),
  'wrong types in a step': badStep(
    { timeout_seconds: 1.5, max_retries: -1, requires_proof: 1, when: 2 },
    '/steps/a/timeout_seconds',
    '/steps/a/max_retries',
    '/steps/a/requires_proof',
    '/steps/a/when',
  ),
  'an unknown step type': badStep({ step_type: 'magic' }, '/steps/a/step_type'),
  'a bad expression': badStep({ config: { expression: '1 +' } }, '/steps/a/config/expression'),
  'a bad condition': badStep({ when: '(' }, '/steps/a/when'),
  'a name that is too long': badWorkflow({ name: 'x'.repeat(101) }, '/name'),
  'no name': badWorkflow({ name: undefined }, '/name'),
  'money with 9 decimals': badWorkflow({ max_cost_budget: 0.000000001 }, '/max_cost_budget'),
  'a list for a body': invalid(WORKFLOWS, [workflow], ''),
  'a text for a body': invalid(WORKFLOWS, '"text"', ''),
  'null for a body': invalid(WORKFLOWS, 'null', ''),
  'no body': invalid(WORKFLOWS, undefined, '/name', '/steps'),
  'an unknown kind of job': badJob({ payload: { ...COMMAND_JOB, service_type: 'mining' } }, '/payload/service_type'),
  'a bad request of a job': badJob(
    { payload: { ...COMMAND_JOB, service_request: { input_url: 'file:///etc/passwd', output_format: 'exe', x: 1 } } },
    '/payload/service_request/input_url',
    '/payload/service_request/output_format',
    '/payload/service_request/x',
  ),
  'a job for an unknown agent': badJob({ payload: { ...COMMAND_JOB, agent_id: 'nobody' } }, '/payload/agent_id'),
  'bad limits of a job': badJob(
    { ttl_seconds: 0, payment_amount: -1, constraints: { min_vram_gb: '8', wish: 1 } },
    '/ttl_seconds',
    '/payment_amount',
    '/constraints/min_vram_gb',
    '/constraints/wish',
  ),
  'an agent without a real key': invalid(
    `${AGENT_API}/agents/register`,
    { public_key: 'A'.repeat(43), capabilities: [] },
    '/public_key',
  ),
  'an agent with bad fields': invalid(
    `${AGENT_API}/agents/register`,
    { agent_id: 'spaces are bad', name: 5, capabilities: 'all' },
    '/agent_id',
    '/name',
    '/public_key',
    '/capabilities',
  ),
  'a bad page': {
    method: 'GET',
    path: `${WORKFLOWS}?limit=201&nonsense=1`,
    status: 422,
    pointers: ['?limit', '?nonsense'],
  },
};

export const BODIES: Readonly<Record<string, Refusal>> = {
  'malformed JSON': raw('{"name": ', 400),
  'JSON with a comment': raw('{} // nothing', 400),
  'bytes that are not UTF-8': raw(Buffer.from([0x22, 0xff, 0x22]), 400),
  'a broken escape in the query': { method: 'GET', path: `${WORKFLOWS}?tags=%E0%A4%A`, status: 400 },
  '10 MB': raw(JSON.stringify({ ...workflow, description: 'x'.repeat(10 * MIB) }), 413),
  '1 MiB and a byte': raw(`"${'x'.repeat(MIB - 1)}"`, 413),
  '10 MB in a small packet': raw(gzipSync(Buffer.alloc(10 * MIB, ' ')), 413, { 'content-encoding': 'gzip' }),
  'plain text': raw(JSON.stringify(workflow), 415, { 'content-type': 'text/plain' }),
  'a form': raw('name=Sound', 415, { 'content-type': 'application/x-www-form-urlencoded' }),
  'another charset': raw(JSON.stringify(workflow), 415, { 'content-type': 'application/json; charset=latin1' }),
  'an unknown encoding': raw(JSON.stringify(workflow), 415, { 'content-encoding': 'zip' }),
  'depth 33': raw(JSON.stringify({ ...workflow, steps: { a: { ...step, config: nested(30) } } }), 422, {}, [deepPath]),
  'a lone surrogate': raw('{"name":"\\ud800"}', 422, {}, ['/name']),
  'a number that readers disagree on': raw('{"max_cost_budget":9007199254740993}', 422, {}, ['/max_cost_budget']),
  'a key that changes prototypes': raw('{"__proto__":{"isAdmin":true}}', 422, {}, ['/__proto__']),
};

export const CALLERS: Readonly<Record<string, Refusal>> = {
  'no key': { method: 'GET', path: WORKFLOWS, headers: { 'x-api-key': '' }, status: 401 },
  'a wrong key': { method: 'GET', path: WORKFLOWS, headers: { 'x-api-key': 'A'.repeat(43) }, status: 401 },
  'a key of an impossible form': {
    method: 'GET',
    path: WORKFLOWS,
    headers: { 'x-api-key': "' OR 1=1 --" },
    status: 401,
  },
  'a wrong token': {
    method: 'GET',
    path: WORKFLOWS,
    headers: { 'x-api-key': '', authorization: 'Bearer a.b.c' },
    status: 401,
  },
  'a client as an admin': { path: '/api/v1/admin/api-keys', body: { subject: 'me', role: 'admin' }, status: 403 },
  'a client as a miner': { path: '/api/v1/miners/poll', body: { max_wait_seconds: 0 }, status: 403 },
  'an unknown workflow': { method: 'GET', path: `${WORKFLOWS}/wf_none`, status: 404 },
  'an execution of an unknown workflow': { path: `${WORKFLOWS}/wf_none/execute`, body: {}, status: 404 },
  'an unknown route': { method: 'GET', path: `${AGENT_API}/none`, status: 404 },
  'a path out of bounds': { method: 'GET', path: `${WORKFLOWS}/..%2f..%2fetc%2fpasswd`, status: 404 },
  'an unknown method': { method: 'DELETE', path: '/health', status: 405 },
};
