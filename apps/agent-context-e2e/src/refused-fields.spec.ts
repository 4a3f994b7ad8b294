import { active } from './testing/agents';
import { badMethods, badQueries } from './testing/bad-bodies';
import { badFields } from './testing/bad-fields';
import { AGENTS, API, DIRECTORY, EXECUTIONS, REGISTER, STATS, VERIFY, WORKFLOWS } from './testing/paths';
import { type BodyRoute, describeRefusals, join, type Refusal } from './testing/refusals';
import { created, dataStep } from './testing/workflows';

const key = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const agent = { public_key: key, capabilities: [] };
const long = (length: number) => 'x'.repeat(length);
const step = dataStep();
const post = (path: string, body: object): BodyRoute => ({ method: 'post', path, by: 'client', body });

const registration = badFields(post(REGISTER, agent), [
  ['nothing', { public_key: undefined, capabilities: undefined }, ['/public_key', '/capabilities']],
  ['an id with spaces', { agent_id: 'no spaces' }, ['/agent_id']],
  ['an empty id', { agent_id: '' }, ['/agent_id']],
  ['an id of 101 characters', { agent_id: long(101) }, ['/agent_id']],
  ['a number for a name', { name: 5 }, ['/name']],
  ['a list of other things', { capabilities: [1] }, ['/capabilities']],
  ['a text for capabilities', { capabilities: 'all' }, ['/capabilities']],
  ['51 capabilities', { capabilities: Array.from({ length: 51 }, (_, index) => `c${index}`) }, ['/capabilities']],
  ['a short key', { public_key: 'AAAA' }, ['/public_key']],
  ['a key that is no point of the curve', { public_key: long(43) }, ['/public_key']],
  ['a key in other base64url', { public_key: `${key.slice(0, -1)}p` }, ['/public_key']],
  ['a JWK of another kind', { public_key: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } }, ['/public_key']],
  ['a JWK of another curve', { public_key: { kty: 'OKP', crv: 'X25519', x: key } }, ['/public_key']],
  ['an endpoint that is no URL', { endpoint_url: 'here' }, ['/endpoint_url']],
  ['an endpoint of another scheme', { endpoint_url: 'file:///etc/hosts' }, ['/endpoint_url']],
  ['a list for metadata', { metadata: [] }, ['/metadata']],
  ['an owner in the body', { owner_id: 'me' }, ['/owner_id']],
  ['several at once', { name: 1, metadata: 1, x: 1 }, ['/name', '/metadata', '/x']],
]);

const agentRoutes = join([
  badFields({ method: 'patch', path: `${AGENTS}/:agent`, by: 'client', body: {} }, [
    ['a bad name', { name: {} }, ['/name']],
    ['bad capabilities', { capabilities: 'x' }, ['/capabilities']],
    ['the key', { public_key: key }, ['/public_key']],
    ['the status', { status: 'busy' }, ['/status']],
  ]),
  badFields(post(`${AGENTS}/:agent/heartbeat`, {}), [
    ['a text for a load', { load: 'high' }, ['/load']],
    ['a list for metrics', { metrics: [1] }, ['/metrics']],
  ]),
  badFields(post(`${AGENTS}/:agent/status`, {}), [
    ['no status', {}, ['/status']],
    ['an unknown status', { status: 'dreaming' }, ['/status']],
  ]),
]);

const workflow = { name: 'Refused', steps: { a: step, b: step, c: step } };
const creation = post(WORKFLOWS, workflow);
const workflows = badFields(creation, [
  ['nothing', { name: undefined, steps: undefined }, ['/name', '/steps']],
  ['an empty name', { name: '' }, ['/name']],
  ['a name of 101 characters', { name: long(101) }, ['/name']],
  ['a number for a description', { description: 5 }, ['/description']],
  ['a text for tags', { tags: 'x' }, ['/tags']],
  ['a text for a flag', { is_public: 'yes' }, ['/is_public']],
  ['no steps', { steps: {} }, ['/steps']],
  ['a list of steps', { steps: [step] }, ['/steps']],
  ['201 steps', { steps: Object.fromEntries(Array.from({ length: 201 }, (_, n) => [`s${n}`, step])) }, ['/steps']],
  ['a step that is no object', { steps: { a: 1 } }, ['/steps/a']],
  ['a list for dependencies', { dependencies: [] }, ['/dependencies']],
  ['a circle', { dependencies: { a: ['c'], b: ['a'], c: ['b'] } }, ['/dependencies']],
  ['a step that needs itself', { dependencies: { a: ['a'] } }, ['/dependencies/a/0']],
  ['a need of an unknown step', { dependencies: { b: ['a', 'ghost'] } }, ['/dependencies/b/1']],
  ['needs of an unknown step', { dependencies: { ghost: ['a'] } }, ['/dependencies/ghost']],
  ['a need that is no id', { dependencies: { a: [1] } }, ['/dependencies/a/0']],
  ['an output that is no expression', { outputs: { x: 1 } }, ['/outputs/x']],
  ['an output that cannot be parsed', { outputs: { x: '1 +' } }, ['/outputs/x']],
  ['no time', { max_execution_time: 0 }, ['/max_execution_time']],
  ['more time than a week', { max_execution_time: 604_801 }, ['/max_execution_time']],
  ['half a second', { max_execution_time: 1.5 }, ['/max_execution_time']],
  ['a negative budget', { max_cost_budget: -1 }, ['/max_cost_budget']],
  ['9 decimals of money', { max_cost_budget: 0.000000001 }, ['/max_cost_budget']],
  ['money as text', { max_cost_budget: '1.00' }, ['/max_cost_budget']],
  ['an unknown level', { verification_level: 'absolute' }, ['/verification_level']],
  ['an owner in the body', { owner_id: 'me' }, ['/owner_id']],
  ['an id in the body', { id: 'wf_mine' }, ['/id']],
  ['several at once', { name: 5, tags: 1, x: 1 }, ['/name', '/tags', '/x']],
]);

const withStep = (change: object) => ({ steps: { a: { ...step, ...change } } });
const steps = badFields(creation, [
  ['a step without name and type', { steps: { a: {} } }, ['/steps/a/name', '/steps/a/step_type']],
  ['an unknown step type', withStep({ step_type: 'magic' }), ['/steps/a/step_type']],
  ['an unknown field of a step', withStep({ surprise: 1 }), ['/steps/a/surprise']],
  ['a step name of 101 characters', withStep({ name: long(101) }), ['/steps/a/name']],
  ['a step of 0 seconds', withStep({ timeout_seconds: 0 }), ['/steps/a/timeout_seconds']],
  ['half a retry', withStep({ max_retries: 0.5 }), ['/steps/a/max_retries']],
  ['a negative number of retries', withStep({ max_retries: -1 }), ['/steps/a/max_retries']],
  ['a condition that is no text', withStep({ when: 2 }), ['/steps/a/when']],
  ['a condition that cannot be parsed', withStep({ when: '(' }), ['/steps/a/when']],
  ['a text for a flag of a step', withStep({ requires_proof: 'no' }), ['/steps/a/requires_proof']],
  ['no expression', withStep({ config: {} }), ['/steps/a/config/expression']],
  ['an expression that cannot be parsed', withStep({ config: { expression: '1 +' } }), ['/steps/a/config/expression']],
  ['a mapping that cannot be parsed', withStep({ input_mappings: { x: '1 +' } }), ['/steps/a/input_mappings/x']],
  ['an output mapping that cannot be', withStep({ output_mappings: { x: '(' } }), ['/steps/a/output_mappings/x']],
  ['a list for mappings', withStep({ input_mappings: [] }), ['/steps/a/input_mappings']],
  ['custom without code', withStep({ step_type: 'custom' }), ['/steps/a/config/code']],
  [
    'code that is none',
    withStep({ step_type: 'custom', config: { code: 'export default (' } }),
    ['/steps/a/config/code'],
  ],
  ['verification without schema', withStep({ step_type: 'verification' }), ['/steps/a/config/schema']],
  [
    'an unknown provider',
    withStep({ step_type: 'inference', config: {}, model_requirements: { provider: 'oracle' } }),
    ['/steps/a/model_requirements/provider'],
  ],
  [
    'a bad retry policy',
    withStep({ retry_policy: { initial_interval_ms: -1, backoff_coefficient: 'two', jitter: 1, more: 1 } }),
    ['initial_interval_ms', 'backoff_coefficient', 'jitter', 'more'].map((field) => `/steps/a/retry_policy/${field}`),
  ],
]);

const stepIds = Object.fromEntries(
  ['Upper', '1a', 'a-b', '_a', 'ü', long(65)].map((id): [string, Refusal] => [
    `a step called ${id}`,
    { ...creation, body: { ...workflow, steps: { [id]: step } }, status: 422, pointers: '/steps' },
  ]),
);

const execution = badFields(post(`${WORKFLOWS}/:workflow/execute`, {}), [
  ['another workflow_id', { workflow_id: 'wf_other' }, ['/workflow_id']],
  ['a list of inputs', { inputs: [1] }, ['/inputs']],
  ['an unknown level', { verification_level: 'absolute' }, ['/verification_level']],
  ['no time', { max_execution_time: 0 }, ['/max_execution_time']],
  ['too much time', { max_execution_time: 604_801 }, ['/max_execution_time']],
  ['bad money', { max_cost_budget: 0.123456789 }, ['/max_cost_budget']],
  ['a negative budget', { max_cost_budget: -0.01 }, ['/max_cost_budget']],
  ['version 0', { version: 0 }, ['/version']],
  ['a version as text', { version: '1' }, ['/version']],
  ['an agent that is not there', { agent_id: 'nobody' }, ['/agent_id']],
  ['an owner in the body', { owner_id: 'me' }, ['/owner_id']],
]);

const queries = join([
  badQueries(AGENTS, 'client'),
  badQueries(WORKFLOWS, 'client'),
  badQueries(`${WORKFLOWS}/:workflow/versions`, 'client'),
  badQueries(EXECUTIONS, 'client'),
]);
const filter = (path: string, pointer: string, by: Refusal['by'] = 'client'): [string, Refusal] => [
  `GET ${path}`,
  { method: 'get', path, by, status: 422, pointers: [pointer] },
];
const filters = Object.fromEntries([
  filter(`${AGENTS}?status=dreaming`, '?status'),
  filter(`${AGENTS}?online_only=perhaps`, '?online_only'),
  filter(`${WORKFLOWS}?is_public=1`, '?is_public'),
  filter(`${EXECUTIONS}?status=done`, '?status'),
  filter(`${DIRECTORY}/receipts?limit=0`, '?limit', 'service'),
  filter(`${DIRECTORY}/receipts?count=perhaps`, '?count', 'service'),
  filter(`${DIRECTORY}/receipts?before=`, '?before', 'service'),
]);

const methods = join([
  badMethods(REGISTER, 'put'),
  badMethods(AGENTS, 'post', 'put', 'delete'),
  badMethods(`${AGENTS}/:agent`, 'put', 'post'),
  badMethods(`${AGENTS}/:agent/heartbeat`, 'get', 'delete'),
  badMethods(WORKFLOWS, 'put', 'patch', 'delete'),
  badMethods(`${WORKFLOWS}/:workflow`, 'patch', 'post'),
  badMethods(`${WORKFLOWS}/:workflow/execute`, 'get'),
  badMethods(EXECUTIONS, 'post', 'delete'),
  badMethods(VERIFY, 'get'),
  badMethods(STATS, 'post'),
]);

const absent = (method: Refusal['method'], path: string, body?: object): [string, Refusal] => [
  `${method.toUpperCase()} ${path}`,
  { method, path, by: 'client', status: 404, ...(body && { body }) },
];
const paths = Object.fromEntries([
  absent('get', `${API}/nowhere`),
  absent('post', `${API}/nowhere/at/all`, {}),
  absent('get', `${AGENTS}/none`),
  absent('get', `${AGENTS}/none/profile`),
  absent('patch', `${AGENTS}/none`, {}),
  absent('delete', `${AGENTS}/none`),
  absent('post', `${AGENTS}/none/activate`),
  absent('post', `${AGENTS}/none/suspend`),
  absent('post', `${AGENTS}/none/retire`),
  absent('post', `${AGENTS}/none/heartbeat`, {}),
  absent('post', `${AGENTS}/none/status`, { status: 'busy' }),
  absent('get', `${WORKFLOWS}/wf_none`),
  absent('put', `${WORKFLOWS}/wf_none`, workflow),
  absent('delete', `${WORKFLOWS}/wf_none`),
  absent('get', `${WORKFLOWS}/wf_none/versions`),
  absent('get', `${WORKFLOWS}/wf_none/versions/1`),
  absent('post', `${WORKFLOWS}/wf_none/execute`, {}),
  absent('get', `${WORKFLOWS}/${encodeURIComponent("' OR 1=1 --")}`),
  absent('get', `${AGENTS}/${long(300)}`),
]);

describeRefusals(
  'fields, queries, methods and paths that the agent context refuses',
  join([registration, agentRoutes, workflows, steps, stepIds, execution, queries, filters, methods, paths]),
  async ({ client }) => ({ agent: await active(client), workflow: await created(client) }),
);
