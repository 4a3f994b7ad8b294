import { once } from 'node:events';
import type { Server } from 'node:http';
import { boundedBody, type ReceivedEvent, serverEvents } from '@aitbc/shared-core';
import { describeAboveStores, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, PREFIX } from '../testing/agent-context-fixture';

const PROMPT = { model: 'tiny', prompt: 'Once' };

/** A stream that is being read. */
interface Reading {
  readonly response: Response;
  /** The next event; `undefined` at the end. */
  next(): Promise<ReceivedEvent | undefined>;
  leave(): void;
}
const SCHEMAS = { schema: { type: 'object' }, constraints: { title: 'demands' } };

describeAboveStores('streams of text', (engine) => {
  let fixture: AgentContextFixture;
  let server: Server;
  let base: string;
  const open: Reading[] = [];
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine, { worker: false });
    const kind = { name: 'K', description: 'D', models: ['tiny'], minersOnline: 1, ...SCHEMAS };
    fixture.jobs.kinds = [{ ...kind, type: 'llm_inference' }];
    server = fixture.http.app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}${PREFIX}`;
  });
  afterEach(() => {
    for (const reading of open.splice(0)) reading.leave();
    fixture.jobs.away = false;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await fixture.context.stop();
  });

  const jobs = () => fixture.jobs;
  const lastJob = () => jobs().submissions.at(-1)?.jobId ?? '';

  async function read(path: string, init: RequestInit & { headers?: Record<string, string> } = {}): Promise<Reading> {
    const leaving = new AbortController();
    const headers = { 'x-api-key': 'alice', 'content-type': 'application/json', ...init.headers };
    const response = await fetch(base + path, { ...init, headers, signal: leaving.signal });
    const events = serverEvents(boundedBody(response, 1024 * 1024));
    const reading: Reading = {
      response,
      next: async () => (await events.next()).value as ReceivedEvent | undefined,
      leave: () => leaving.abort(),
    };
    open.push(reading);
    return reading;
  }
  const post = (headers: Record<string, string> = {}, body: object = PROMPT) =>
    read('/services/llm/stream', { method: 'POST', body: JSON.stringify(body), headers });
  const follow = (jobId: string, headers: Record<string, string> = {}) =>
    read(`/services/jobs/${jobId}/stream`, { headers });
  async function rest(reading: Reading): Promise<[event: string, id: string | undefined, data: unknown][]> {
    const events: [string, string | undefined, unknown][] = [];
    for (let event = await reading.next(); event; event = await reading.next()) {
      events.push([event.event, event.id, JSON.parse(event.data)]);
    }
    return events;
  }

  it('give each piece while the job runs, and its outcome at last', async () => {
    const reading = await post();
    const jobId = lastJob();
    expect(reading.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(reading.response.headers.get('location')).toBe(`${PREFIX}/services/jobs/${jobId}`);
    expect(jobs().submissions.at(-1)).toMatchObject({
      ...{ serviceType: 'llm_inference', serviceRequest: { ...PROMPT, stream: true } },
      ...{ clientId: 'alice', ttlSeconds: 60 },
    });
    expect(await reading.next()).toMatchObject({ event: 'job', data: JSON.stringify({ job_id: jobId }) });
    jobs().say(jobId, 'upon');
    expect(await reading.next()).toEqual({ event: 'token', id: '1', data: '{"text":"upon"}' });
    jobs().say(jobId, ' a\ntime');
    expect(await reading.next()).toEqual({ event: 'token', id: '2', data: '{"text":" a\\ntime"}' });
    const result = { text: 'upon a\ntime', usage: { completion_tokens: 2 } };
    jobs().end(jobId, { result, receiptId: 'rcpt_1', receipt: 'a.b.c', costUnits: 5_000_000 });
    const outcome = { job_id: jobId, service_type: 'llm_inference', status: 'COMPLETED', error: null };
    const paid = { receipt: 'a.b.c', receipt_id: 'rcpt_1', cost: 0.05 };
    expect(await rest(reading)).toEqual([['done', undefined, { ...outcome, result, ...paid }]]);
  });

  it('show by comments that they live while nothing comes', async () => {
    const { job_id: jobId } = (await fixture.post('/services/llm/inference', PROMPT).expect(201)).body as {
      job_id: string;
    };
    const silence = { chunks: [], ended: false };
    const progress = jest.spyOn(jobs(), 'progress').mockResolvedValueOnce(silence).mockResolvedValueOnce(silence);
    jobs().end(jobId);
    const { text } = await fixture.get(`/services/jobs/${jobId}/stream`).expect(200);
    expect(text.match(/^: keep-alive$/gm)).toHaveLength(2);
    expect(progress.mock.calls.map(([, , seconds]) => seconds)).toEqual([15, 15, 15]);
    progress.mockRestore();
  });

  it('say so when another miner begins anew', async () => {
    const reading = await post();
    jobs().say(lastJob(), 'a');
    jobs().say(lastJob(), 'A', true);
    jobs().end(lastJob(), { result: { text: 'A' } });
    expect((await rest(reading)).map(([event, id]) => [event, id])).toEqual([
      ['job', undefined],
      ['token', '1'],
      ['restart', undefined],
      ['token', '2'],
      ['done', undefined],
    ]);
  });

  it.each([
    ['FAILED', { error: 'out of memory' }, 'dependency_unavailable', 'the job failed: out of memory'],
    ['EXPIRED', { error: 'no miner took it' }, 'dependency_unavailable', 'the job expired: no miner took it'],
    ['CANCELED', {}, 'conflict', 'the job was cancelled'],
  ] as const)('end with a problem when the job is %s', async (state, more, code, detail) => {
    const reading = await post({ 'x-request-id': 'the-request' });
    jobs().end(lastJob(), { state, ...more });
    const problem = { type: `urn:aitbc:error:${code}`, code, detail, instance: 'the-request' };
    expect((await rest(reading)).at(-1)).toEqual([
      ...['error', undefined],
      expect.objectContaining({ ...problem, job_id: lastJob(), job_status: state }),
    ]);
  });

  it('end with a problem when nobody answers for the coordinator any more', async () => {
    const reading = await post();
    jobs().away = true;
    jobs().say(lastJob(), 'wakes the look');
    const events = await rest(reading);
    expect(events.at(-1)).toMatchObject(['error', undefined, { code: 'dependency_unavailable', status: 503 }]);
  });

  it('cancel the job when their reader goes away', async () => {
    const reading = await post();
    reading.leave();
    await waitFor(() => jobs().stateOf(lastJob()) === 'CANCELED');
  });

  it('go on after a reader with an Idempotency-Key has gone, and can be taken up again', async () => {
    const first = await post({ 'idempotency-key': 'tale' });
    const jobId = lastJob();
    await first.next();
    jobs().say(jobId, 'a');
    await first.next();
    first.leave();
    await waitFor(() => fixture.http.lines.some(({ status }) => status === 499));
    expect(jobs().stateOf(jobId)).toBe('QUEUED');
    jobs().say(jobId, 'b');
    const again = await post({ 'idempotency-key': 'tale', 'last-event-id': '1' });
    expect(again.response.headers.get('idempotency-replayed')).toBe('true');
    expect(again.response.headers.get('location')).toBe(`${PREFIX}/services/jobs/${jobId}`);
    const byGet = await follow(jobId, { 'last-event-id': '1' });
    const whole = await follow(jobId);
    jobs().end(jobId, { result: 'ab' });
    const shape = async (reading: Reading) => (await rest(reading)).map(([event, id]) => [event, id]);
    const tail = [
      ['token', '2'],
      ['done', undefined],
    ];
    expect(await shape(again)).toEqual([['job', undefined], ...tail]);
    expect(await shape(byGet)).toEqual([['job', undefined], ...tail]);
    expect(await shape(whole)).toEqual([['job', undefined], ['token', '1'], ...tail]);
    expect(jobs().submissions.filter((submission) => submission.jobId === jobId)).toHaveLength(1);
    expect((await post({ 'idempotency-key': 'tale' }, { ...PROMPT, prompt: 'other' })).response.status).toBe(422);
  });

  it('are problems before they begin', async () => {
    const statusOf = async (reading: Promise<Reading>) => {
      const { status, headers } = (await reading).response;
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      return status;
    };
    expect(await statusOf(post({}, { ...PROMPT, stream: false }))).toBe(422);
    expect(await statusOf(post({}, []))).toBe(422);
    expect(await statusOf(follow('job_unknown'))).toBe(404);
    await fixture.post('/services/llm/inference', PROMPT, 'bob').expect(201);
    expect(await statusOf(follow(lastJob()))).toBe(404);
    jobs().away = true;
    expect(await statusOf(post())).toBe(503);
  });

  // The last one: the process does not come back from it.
  it('end early when the process drains, and leave their job to be read elsewhere', async () => {
    const reading = await post();
    jobs().say(lastJob(), 'a');
    await reading.next();
    await reading.next();
    fixture.http.state.startDraining();
    expect(await rest(reading)).toMatchObject([['error', undefined, { code: 'draining', status: 503 }]]);
    expect(jobs().stateOf(lastJob())).toBe('QUEUED');
  });
});
