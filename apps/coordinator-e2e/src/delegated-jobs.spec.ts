import { type Actor, actor, unique } from './testing/actors';
import { jobBody } from './testing/jobs';
import { Miner } from './testing/miner';
import { DELEGATED, JOBS, SERVICES } from './testing/paths';
import { expectProblem } from './testing/problem';

let service: Actor;
let client: Actor;
beforeAll(async () => {
  service = await actor('service');
  client = await actor('client');
});

/** Of a model that no miner has, unless one is named. */
const body = (model = unique('model')) => ({ ...jobBody(model), client_id: client.subject });
const put = async (key: string, by = service, model?: string) =>
  (await by.http.put(`${DELEGATED}/by-key/${key}`, body(model))).body;

describe('jobs that a service submits for a client', () => {
  it('are one for each key of the service, and the client’s', async () => {
    const key = unique('key');
    const model = unique('model');
    const job = await put(key, service, model);
    expect(job).toEqual({ job_id: expect.any(String), state: 'QUEUED', error: null });
    expect(await put(key, service, model)).toEqual(job);
    expect((await put(unique('key'))).job_id).not.toBe(job.job_id);
    expect((await put(key, await actor('service'))).job_id).not.toBe(job.job_id);
    expect((await client.http.get(`${JOBS}/${job.job_id}`)).body).toMatchObject({ client_id: client.subject });
  });

  it('tell what came of them, by key and by id, to nobody else', async () => {
    const miner = await Miner.online();
    const { job_id } = await put(unique('key'), service, miner.model);
    const open = { job_id, state: 'QUEUED', error: null, client_id: client.subject, service_type: 'llm_inference' };
    const nothing = { result: null, receipt_id: null, receipt: null, cost_units: 0 };
    expect((await service.http.get(`${DELEGATED}/${job_id}`)).body).toEqual({ ...open, ...nothing });
    await miner.complete(await miner.take(), { text: 'hi' });
    const { body: outcome } = await service.http.get(`${DELEGATED}/${job_id}`);
    expect(outcome).toMatchObject({ ...open, state: 'COMPLETED', result: { text: 'hi' } });
    const { body: receipt } = await client.http.get(`${JOBS}/${job_id}/receipt`);
    expect(outcome.receipt).toBe(receipt.receipt ?? receipt.jws);
    expectProblem(await (await actor('service')).http.get(`${DELEGATED}/${job_id}`, 404));
    expectProblem(await service.http.get(`${DELEGATED}/${unique('job')}/text`, 404));
  });

  it('are cancelled by their keys, again and again', async () => {
    const key = unique('key');
    const { job_id } = await put(key);
    for (let time = 0; time < 2; time += 1) {
      const cancelled = await service.http.post(`${DELEGATED}/by-key/${key}/cancel`, undefined, 200);
      expect(cancelled.body).toEqual({ job_id, state: 'CANCELED', error: null });
    }
    expectProblem(await service.http.post(`${DELEGATED}/by-key/${unique('key')}/cancel`, undefined, 404));
  });

  it('give their text as it is written', async () => {
    const miner = await Miner.online();
    const asked = body(miner.model);
    asked.payload.service_request = { ...asked.payload.service_request, ...{ stream: true } };
    const { body: job } = await service.http.put(`${DELEGATED}/by-key/${unique('key')}`, asked);
    const text = `${DELEGATED}/${job.job_id}/text`;
    expect((await service.http.get(text)).body).toEqual({ items: [], ended: false });
    const assigned = await miner.take();
    await miner.actor.http.post(
      `/api/v1/miners/${job.job_id}/chunks`,
      { attempt: 1, first: 1, texts: ['a', 'b'] },
      200,
    );
    const piece = { seq: 2, text: 'b', restarts: false };
    expect((await service.http.get(`${text}?after=1&wait=10`)).body).toEqual({ items: [piece], ended: false });
    await miner.complete(assigned, { text: 'ab' });
    expect((await service.http.get(`${text}?after=2&wait=10`)).body).toEqual({ items: [], ended: true });
  });
});

describe('how long jobs of a kind take', () => {
  it('is told by a number of milliseconds, or by null', async () => {
    const { body: answer } = await client.http.get(`${SERVICES}/llm_inference/duration`);
    expect(answer).toEqual({ usual_duration_ms: expect.any(Number) });
    expectProblem(await client.http.get(`${SERVICES}/mining/duration`, 404));
  });
});
