import { type Actor, actor, unique } from './testing/actors';
import { EventStream, type StreamRequest } from './testing/event-stream';
import { eventually } from './testing/eventually';
import { type AssignedJob, Miner } from './testing/miner';
import { SERVICES } from './testing/paths';
import { expectProblem } from './testing/problem';

const STREAM = `${SERVICES}/llm/stream`;
/** How often a duplicate is sent at once until it meets the first request in flight. */
const ROUNDS = 25;

let alice: Actor;
let miner: Miner;
beforeAll(async () => {
  alice = await actor('client');
  miner = await Miner.online();
});

const prompt = () => ({ model: miner.model, prompt: 'Once' });
const streamed = (more: StreamRequest = {}) => EventStream.open(alice, STREAM, { body: prompt(), ...more });
const followed = (id: string, headers = {}) => EventStream.open(alice, `${SERVICES}/jobs/${id}/stream`, { headers });
const say = ({ job_id, attempt }: AssignedJob, first: number, ...texts: string[]) =>
  miner.actor.http.post(`/api/v1/miners/${job_id}/chunks`, { attempt, first, texts }, 200);
const token = (id: number, text: string) => ({ event: 'token', id: String(id), data: { text } });
const statusOf = async (id: string) => (await alice.http.get(`${SERVICES}/jobs/${id}`)).body.status;

describe('a stream of tokens', () => {
  it('gives each piece as soon as the miner has it, and at last the result with its receipt', async () => {
    const stream = await streamed();
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    const job = await miner.take();
    const { job_id } = job;
    expect(job.payload).toMatchObject({
      service_type: 'llm_inference',
      service_request: { ...prompt(), stream: true },
    });
    expect(stream.response.headers.get('location')).toBe(`${SERVICES}/jobs/${job_id}`);
    expect(await stream.next()).toEqual({ event: 'job', data: { job_id } });
    // Each piece is read before the miner has the next one: nothing on the way holds them back.
    for (const [index, text] of ['upon', ' a\n', '🌊'].entries()) {
      await say(job, index + 1, text);
      expect(await stream.next()).toEqual(token(index + 1, text));
    }
    const result = { text: 'upon a\n🌊', usage: { completion_tokens: 3 } };
    await miner.complete(job, result);
    const [done, ...more] = await stream.rest();
    expect(more).toEqual([]);
    const { body: outcome } = await alice.http.get(`${SERVICES}/jobs/${job_id}`);
    const { body: receipt } = await alice.http.get(`/api/v1/jobs/${job_id}/receipt`);
    expect(outcome).toMatchObject({ status: 'COMPLETED', result });
    expect(done).toEqual({ event: 'done', data: { ...outcome, receipt_id: receipt.id } });
    expect(outcome.receipt).toBe(receipt.jws);
  });

  it('holds each piece once, also when the miner sends it again', async () => {
    const stream = await streamed();
    const job = await miner.take();
    await say(job, 1, 'a', 'b');
    await say(job, 1, 'a', 'b');
    await say(job, 2, 'b', 'c');
    await miner.complete(job, { text: 'abc' });
    const tokens = (await stream.rest()).filter(({ event }) => event === 'token');
    expect(tokens).toEqual([token(1, 'a'), token(2, 'b'), token(3, 'c')]);
  });

  it('begins anew when the job goes to another attempt', async () => {
    const stream = await streamed();
    const first = await miner.take();
    await say(first, 1, 'a');
    await miner.fail(first, 'out of memory', true);
    const second = await miner.take();
    expect(second).toMatchObject({ job_id: first.job_id, attempt: 2 });
    await say(second, 1, 'A');
    await miner.complete(second, { text: 'A' });
    const events = (await stream.rest()).map(({ event, id }) => [event, id]);
    expect(events).toEqual([
      ['job', undefined],
      ['token', '1'],
      ['restart', undefined],
      ['token', '2'],
      ['done', undefined],
    ]);
  });

  it('ends with a problem when the job fails', async () => {
    const stream = await streamed();
    const job = await miner.take();
    await say(job, 1, 'a');
    await miner.fail(job, 'out of memory');
    const { event, data } = (await stream.rest()).at(-1) ?? {};
    expect(event).toBe('error');
    expect(data).toMatchObject({
      ...{ type: expect.any(String), title: expect.any(String), status: 503, detail: expect.stringMatching('memory') },
      ...{ job_id: job.job_id, job_status: 'FAILED', instance: stream.response.headers.get('x-request-id') },
    });
  });

  it('cancels the job when the client leaves', async () => {
    const stream = await streamed();
    const { job_id } = await miner.take();
    stream.leave();
    await eventually(
      () => statusOf(job_id),
      (status) => status === 'CANCELED',
    );
  });

  it('is a problem document before it has begun', async () => {
    const body = { prompt: 'Once', max_tokens: 0, surprise: 1 };
    expectProblem(await alice.http.post(STREAM, body, 422), ['/model', '/max_tokens', '/surprise']);
    expectProblem(await alice.http.post(STREAM, { ...prompt(), stream: false }, 422), ['/stream']);
  });
});

describe('a stream that is taken up again', () => {
  it('by the same request goes on after the last event, and the job has gone on', async () => {
    const headers = { 'idempotency-key': unique('key') };
    const first = await streamed({ headers });
    const job = await miner.take();
    await say(job, 1, 'a', 'b');
    expect([await first.next(), await first.next()]).toMatchObject([{ event: 'job' }, token(1, 'a')]);
    first.leave();
    await say(job, 3, 'c');
    const again = await streamed({ headers: { ...headers, 'last-event-id': '1' } });
    expect(again.response.headers.get('idempotency-replayed')).toBe('true');
    expect(await again.next()).toEqual({ event: 'job', data: { job_id: job.job_id } });
    expect([await again.next(), await again.next()]).toEqual([token(2, 'b'), token(3, 'c')]);
    await miner.complete(job, { text: 'abc' });
    expect(await again.rest()).toMatchObject([{ event: 'done', data: { result: { text: 'abc' } } }]);
    const other = await streamed({ headers, body: { ...prompt(), prompt: 'Other' } });
    expect(other.response.status).toBe(422);
  });

  it('by its job is the whole, or the rest, also after the end, and for its client only', async () => {
    const stream = await streamed();
    const job = await miner.take();
    await say(job, 1, 'a', 'b');
    await miner.complete(job, { text: 'ab' });
    await stream.rest();
    const shape = async (by: EventStream) => (await by.rest()).map(({ event, id }) => id ?? event);
    expect(await shape(await followed(job.job_id))).toEqual(['job', '1', '2', 'done']);
    expect(await shape(await followed(job.job_id, { 'last-event-id': '1' }))).toEqual(['job', '2', 'done']);
    expectProblem(await (await actor('client')).http.get(`${SERVICES}/jobs/${job.job_id}/stream`, 404));
    expectProblem(await alice.http.get(`${SERVICES}/jobs/${unique('job')}/stream`, 404));
  });

  it('answers 409 to a duplicate that comes before the job is there', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const headers = { 'idempotency-key': unique('key') };
      const all = await Promise.all(Array.from({ length: 8 }, () => streamed({ headers })));
      const ids = await Promise.all(all.filter(({ response }) => response.ok).map((one) => one.next()));
      expect(new Set(ids.map(({ data }) => data['job_id'])).size).toBe(1);
      for (const one of all) one.leave();
      await alice.http.post(`/api/v1/jobs/${String(ids[0]?.data['job_id'])}/cancel`, undefined, 200);
      if (all.some(({ response }) => response.status === 409)) return;
    }
    throw new Error(`in ${ROUNDS} rounds no request met another in flight`);
  });
});
