import { active } from './testing/agents';
import { badBodies, badCallers } from './testing/bad-bodies';
import { started, until } from './testing/executions';
import { AGENTS, API, DIRECTORY, EXECUTIONS, REGISTER, VALIDATE, VERIFY, WORKFLOWS } from './testing/paths';
import { type BodyRoute, describeRefusals, join, type Refusal } from './testing/refusals';
import { created, dataStep } from './testing/workflows';

const agent = { public_key: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', capabilities: [] };
const workflow = { name: 'Refused', steps: { a: dataStep() } };
const route = (method: 'post' | 'put' | 'patch', path: string, body: object = {}): BodyRoute => ({
  method,
  path,
  by: 'client',
  body,
});

const routes = [
  route('post', REGISTER, agent),
  route('patch', `${AGENTS}/:agent`, { name: 'Renamed' }),
  route('post', `${AGENTS}/:agent/heartbeat`),
  route('post', `${AGENTS}/:agent/status`, { status: 'busy' }),
  route('post', WORKFLOWS, workflow),
  route('put', `${WORKFLOWS}/:workflow`, workflow),
  route('post', `${WORKFLOWS}/:workflow/execute`),
  route('post', `${EXECUTIONS}/:execution/cancel`),
  route('post', VERIFY, { jws: 'a.b.c' }),
];

const withoutBody: Omit<BodyRoute, 'by'>[] = [
  { method: 'get', path: AGENTS, body: {} },
  { method: 'get', path: `${AGENTS}/:agent`, body: {} },
  { method: 'get', path: `${AGENTS}/:agent/profile`, body: {} },
  { method: 'delete', path: `${AGENTS}/:agent`, body: {} },
  { method: 'post', path: `${AGENTS}/:agent/activate`, body: {} },
  { method: 'get', path: WORKFLOWS, body: {} },
  { method: 'get', path: `${WORKFLOWS}/:workflow`, body: {} },
  { method: 'delete', path: `${WORKFLOWS}/:workflow`, body: {} },
  { method: 'get', path: EXECUTIONS, body: {} },
  { method: 'get', path: `${EXECUTIONS}/:execution/status`, body: {} },
  { method: 'get', path: `${EXECUTIONS}/:execution/logs`, body: {} },
  { method: 'get', path: `${EXECUTIONS}/:execution/receipt`, body: {} },
  { method: 'get', path: `${EXECUTIONS}/:execution/receipt/steps/a`, body: {} },
  { method: 'get', path: `${API}/stats`, body: {} },
  ...['agents/:agent', 'counts', 'receipts'].map((path) => ({
    ...{ method: 'get' as const, path: `${DIRECTORY}/${path}`, body: {} },
  })),
  { method: 'post', path: VALIDATE, body: workflow },
];

const miners: Record<string, Refusal> = Object.fromEntries(
  [...routes, ...withoutBody].map(({ method, path, body }) => [
    `${method.toUpperCase()} ${path}: a miner`,
    { method, path, by: 'miner', status: 403, ...(method !== 'get' && method !== 'delete' && { body }) },
  ]),
);

const clients: Record<string, Refusal> = Object.fromEntries(
  ['agents/:agent', 'counts', 'receipts'].flatMap((path) =>
    (['client', 'admin'] as const).map((by) => [
      `GET ${DIRECTORY}/${path}: as ${by}`,
      { method: 'get', path: `${DIRECTORY}/${path}`, by, status: 403 },
    ]),
  ),
);

describeRefusals(
  'requests that no route of the agent context takes',
  join([...routes.map(badBodies), ...[...routes, ...withoutBody].map(badCallers), miners, clients]),
  async ({ client }) => {
    const workflowId = await created(client);
    const execution = await started(client, workflowId, { inputs: { n: 1 } });
    await until(client, execution);
    return { agent: await active(client), workflow: workflowId, execution };
  },
);
