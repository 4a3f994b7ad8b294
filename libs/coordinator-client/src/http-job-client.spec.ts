import { coordinatorApi } from './coordinator-api';
import { HttpJobClient } from './http-job-client';

const signal = new AbortController().signal;
const submission = {
  ...{ serviceType: 'text_analysis', serviceRequest: { text: 'x' }, constraints: { region: 'eu' }, ttlSeconds: 9 },
  ...{ clientId: 'alice', executionId: 'exec_1', stepId: 'a', idempotencyKey: 'exec_1:a/b:1' },
};

/** A coordinator that gives these answers, and what it was asked. Against the real one the client is tested where that is. */
function coordinator(...answers: [status: number, body?: object, headers?: Record<string, string>][]) {
  const asked: { call: string; body: unknown; waitSeconds: number }[] = [];
  const fetch = (waitSeconds = 0) => {
    return async (request: Request) => {
      const text = await request.text();
      const call = `${request.method} ${request.url.replace('http://coordinator', '')}`;
      asked.push({ call, body: text === '' ? undefined : JSON.parse(text), waitSeconds });
      const [status, body, headers = {}] = answers.shift() ?? [500];
      const answer = body === undefined ? null : JSON.stringify(body);
      return new Response(answer, { status, headers: { 'content-type': 'application/json', ...headers } });
    };
  };
  return { client: new HttpJobClient(coordinatorApi({ fetch }, 'http://coordinator')), asked };
}

it('sends all that a submission says, under its key', async () => {
  const { client, asked } = coordinator([200, { job_id: 'job_1', state: 'QUEUED', error: null }]);
  expect(await client.submit(submission)).toEqual({ jobId: 'job_1', state: 'QUEUED', error: undefined });
  const payload = {
    service_type: 'text_analysis',
    service_request: { text: 'x' },
    execution_id: 'exec_1',
    step_id: 'a',
  };
  const body = { client_id: 'alice', payload, constraints: { region: 'eu' }, ttl_seconds: 9 };
  expect(asked).toEqual([{ call: 'PUT /api/v1/delegated-jobs/by-key/exec_1%3Aa%2Fb%3A1', body, waitSeconds: 0 }]);
});

it('gives the coordinator the time that it is asked to wait', async () => {
  const { client, asked } = coordinator(
    [200, { items: [{ job_id: 'job_1', state: 'FAILED' }], next_cursor: '7' }],
    [200, { items: [], ended: true }],
  );
  expect(await client.changes('3', 30, signal)).toEqual({ jobIds: ['job_1'], cursor: '7' });
  expect(await client.progress('job_1', 4, 20, signal)).toEqual({ chunks: [], ended: true });
  expect(asked).toEqual([
    { call: 'GET /api/v1/jobs/changes?wait=30&after=3', body: undefined, waitSeconds: 30 },
    { call: 'GET /api/v1/delegated-jobs/job_1/text?after=4&wait=20', body: undefined, waitSeconds: 20 },
  ]);
});

it('knows nothing of what is not there', async () => {
  const gone: [number, object] = [404, { code: 'not_found', detail: 'no' }];
  const { client } = coordinator(gone, gone, gone, gone, gone);
  expect(await client.outcome('job_1')).toBeUndefined();
  expect(await client.cancel('key')).toBeUndefined();
  expect(await client.progress('job_1', 0, 0, signal)).toBeUndefined();
  expect(await client.serviceSchema('mining')).toBeUndefined();
  expect(await client.usualDurationMs('mining')).toBeUndefined();
});

it('passes on what whoever asked can mend, with the fields', async () => {
  const fields = [{ pointer: '/payload/service_request/tasks', message: 'is required' }];
  const { client } = coordinator([422, { code: 'validation_failed', detail: 'tasks', errors: fields }]);
  await expect(client.submit(submission)).rejects.toMatchObject({ code: 'validation_failed', detail: 'tasks', fields });
});

it.each<[string, number, object | undefined, Record<string, string> | undefined, number]>([
  ['a token that is not taken', 401, { code: 'unauthenticated', detail: 'no' }, undefined, 1],
  ['too many requests', 429, { code: 'rate_limited', detail: 'no' }, { 'retry-after': '3' }, 3],
  ['a failure over there', 500, { code: 'internal', detail: 'no' }, undefined, 1],
  ['a proxy that finds nobody', 502, undefined, undefined, 1],
])(
  'says of %s that the coordinator is not to be had, whatever it answers',
  async (_, status, body, headers, seconds) => {
    const { client } = coordinator([status, body, headers]);
    const error = { code: 'dependency_unavailable', retryAfterSeconds: seconds };
    await expect(client.outcome('job_1')).rejects.toMatchObject(error);
  },
);
