import { actor, atEnd, unique } from './testing/actors';
import { badBodies, badCallers } from './testing/bad-bodies';
import { jobBody, submitted } from './testing/jobs';
import { ed25519, signed } from './testing/jws';
import { DELEGATED, JOBS, KEYS, MINERS, ROTATE, SERVICES } from './testing/paths';
import { type BodyRoute, describeRefusals, join, type Refusal } from './testing/refusals';

const key = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const signature = signed({}, ed25519());

const routes: BodyRoute[] = [
  { method: 'post', path: JOBS, by: 'client', body: jobBody('any') },
  { method: 'post', path: `${MINERS}/register`, by: 'miner', body: { capabilities: {}, public_key: key } },
  { method: 'post', path: `${MINERS}/heartbeat`, by: 'miner', body: {} },
  { method: 'post', path: `${MINERS}/poll`, by: 'miner', body: { max_wait_seconds: 0 } },
  { method: 'post', path: `${MINERS}/:job/result`, by: 'miner', body: { result: {}, signature } },
  { method: 'post', path: `${MINERS}/:job/fail`, by: 'miner', body: { error: 'no' } },
  { method: 'put', path: `${MINERS}/:miner/capabilities`, by: 'miner', body: { models: [] } },
  { method: 'put', path: `${DELEGATED}/by-key/k`, by: 'service', body: { ...jobBody('any'), client_id: 'c' } },
  { method: 'post', path: KEYS, by: 'admin', body: { subject: 'nobody', role: 'client' } },
];

const reading = (path: string): Omit<BodyRoute, 'by'> => ({ method: 'get', path, body: {} });
const withoutBody = [
  reading(JOBS),
  reading(`${JOBS}/history`),
  reading(`${JOBS}/changes`),
  reading(`${JOBS}/:job`),
  reading(`${JOBS}/:job/result`),
  reading(`${JOBS}/:job/receipt`),
  reading(`${JOBS}/:job/receipts`),
  reading(MINERS),
  reading(`${MINERS}/:miner/jobs`),
  reading(SERVICES),
  reading(`${SERVICES}/whisper/schema`),
  reading(`${SERVICES}/whisper/duration`),
  reading(`${DELEGATED}/:job`),
  reading(`${DELEGATED}/:job/text`),
  { method: 'post' as const, path: `${DELEGATED}/by-key/k/cancel`, body: {} },
  { method: 'post' as const, path: `${JOBS}/:job/cancel`, body: {} },
  { method: 'delete' as const, path: `${MINERS}/:miner`, body: {} },
  { method: 'delete' as const, path: `${KEYS}/key_none`, body: {} },
  { method: 'post' as const, path: ROTATE, body: {} },
];

type Roles = readonly NonNullable<Refusal['by']>[];
const wrongRoles = (method: Refusal['method'], path: string, roles: Roles, body?: object): Record<string, Refusal> =>
  Object.fromEntries(
    roles.map((by) => [
      `${method.toUpperCase()} ${path}: as ${by}`,
      { method, path, by, status: 403, ...(body && { body }) },
    ]),
  );
const notMiners: Roles = ['client', 'service'];

const roles = join([
  wrongRoles('post', JOBS, ['miner', 'admin'], jobBody('any')),
  ...['', '/history', '/:job', '/:job/result', '/:job/receipt', '/:job/receipts'].map((path) =>
    wrongRoles('get', `${JOBS}${path}`, ['miner']),
  ),
  wrongRoles('post', `${JOBS}/:job/cancel`, ['miner']),
  wrongRoles('get', `${JOBS}/changes`, ['client', 'miner']),
  ...routes
    .filter(({ by, method }) => by === 'miner' && method === 'post')
    .map(({ path, body }) => wrongRoles('post', path, [...notMiners, 'admin'], body)),
  wrongRoles('put', `${DELEGATED}/by-key/k`, ['client', 'miner', 'admin'], { ...jobBody('any'), client_id: 'c' }),
  wrongRoles('post', `${DELEGATED}/by-key/k/cancel`, ['client', 'miner', 'admin']),
  ...['', '/text'].map((path) => wrongRoles('get', `${DELEGATED}/:job${path}`, ['client', 'miner', 'admin'])),
  wrongRoles('get', MINERS, notMiners),
  wrongRoles('get', `${MINERS}/:miner/jobs`, notMiners),
  wrongRoles('put', `${MINERS}/:miner/capabilities`, notMiners, { models: [] }),
  wrongRoles('delete', `${MINERS}/:miner`, notMiners),
  wrongRoles('post', KEYS, ['client', 'miner', 'service'], { subject: 'me', role: 'admin' }),
  wrongRoles('delete', `${KEYS}/key_none`, ['client', 'miner', 'service']),
  wrongRoles('post', ROTATE, ['client', 'miner', 'service']),
]);

describeRefusals(
  'requests that no route of the coordinator takes',
  join([...routes.map(badBodies), ...[...routes, ...withoutBody].map(badCallers), roles]),
  async ({ miner }) => {
    const body = { capabilities: { models: [] }, public_key: key };
    await miner.http.post(`${MINERS}/register`, body, 200);
    atEnd(() => miner.http.delete(`${MINERS}/${miner.subject}`));
    const job = await submitted(await actor('client'), unique('model'), { ttl_seconds: 60 });
    return { job, miner: miner.subject };
  },
);
