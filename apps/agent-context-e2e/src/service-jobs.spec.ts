import { type Actor, actor, admin, unique } from './testing/actors';
import { eventually } from './testing/eventually';
import { Miner } from './testing/miner';
import { SERVICES } from './testing/paths';
import { expectProblem } from './testing/problem';
import { SERVICE_REQUESTS } from './testing/service-requests';
import { INSTANT } from './testing/shapes';

const PROMPT = { model: 'any', prompt: 'hello' };
const KINDS = ['blender', 'ffmpeg', 'llm_inference', 'stable_diffusion', 'text_analysis', 'whisper'];

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
});
const outcome = async (id: string, by = alice, status = 200) =>
  (await by.http.get(`${SERVICES}/jobs/${id}`, status)).body;

describe('the kinds of services', () => {
  it('are listed with models and schemas', async () => {
    await Miner.online();
    const items: { type: string }[] = (await alice.http.get(SERVICES)).body.items;
    const kind = (wanted: string) => items.find(({ type }) => type === wanted);
    expect(items.map(({ type }) => type)).toEqual(expect.arrayContaining(KINDS));
    expect(kind('whisper')).toMatchObject({ models: expect.arrayContaining(['tiny', 'large-v3']), id: 'whisper' });
    const { schema, miners_online } = kind('llm_inference') as {
      type: string;
      schema?: object;
      miners_online?: number;
    };
    expect(miners_online).toBeGreaterThanOrEqual(1);
    expect(schema).toEqual((await alice.http.get(`${SERVICES}/llm_inference/schema`)).body);
  });

  it.each(KINDS)('have a schema: %s', async (type) => {
    const { body } = await alice.http.get(`${SERVICES}/${type}/schema`);
    expect(body).toMatchObject({ type: 'object', properties: expect.any(Object), additionalProperties: false });
  });

  it('are known ones only', async () => {
    expectProblem(await alice.http.get(`${SERVICES}/alchemy/schema`, 404));
    expectProblem(await alice.http.post(`${SERVICES}/alchemy`, {}, 404));
  });
});

describe('service jobs', () => {
  it.each(SERVICE_REQUESTS)('are submitted at $path', async ({ path, type, body, more, settled }) => {
    const response = await alice.http.post(`${SERVICES}${path}`, { ...body, ...more });
    const { job_id: id, estimated_completion } = response.body;
    expect(response.body).toMatchObject({ job_id: expect.stringMatching(/^job_/), service_type: type });
    if (estimated_completion !== null) expect(estimated_completion).toMatch(INSTANT);
    expect(response.headers['location']).toBe(`${SERVICES}/jobs/${id}`);
    const { body: job } = await alice.http.get(`/api/v1/jobs/${id}`);
    expect(job.payload).toMatchObject({ service_type: type, service_request: { ...body, ...more, ...settled } });
    await alice.http.post(`/api/v1/jobs/${id}/cancel`, undefined, 200);
    expect(await outcome(id)).toMatchObject({ job_id: id, service_type: type, status: 'CANCELED', result: null });
  });

  const takenBy = async (miner: Miner): Promise<string> =>
    (await alice.http.post(`${SERVICES}/llm/inference`, { ...PROMPT, model: miner.model })).body.job_id;

  it('are done by a miner, whose result, price and receipt they show', async () => {
    const miner = await Miner.online();
    const offer = { services: ['llm_inference'], models: [miner.model], price: 0.00000004 };
    await miner.actor.http.put(`/api/v1/miners/${miner.id}/capabilities`, offer);
    const id = await takenBy(miner);
    expect(await outcome(id)).toMatchObject({ status: 'QUEUED', result: null, error: null, receipt: null });
    const job = await miner.take();
    expect(job).toMatchObject({ job_id: id, payload: { service_request: { model: miner.model, prompt: 'hello' } } });
    expect(await outcome(id)).toMatchObject({ status: 'RUNNING' });
    await miner.complete(job, { text: 'hi' });
    const done = await eventually(
      () => outcome(id),
      ({ status }) => status === 'COMPLETED',
    );
    expect(done).toMatchObject({ result: { text: 'hi' }, error: null, cost: 0.00000004 });
    expect(done.receipt).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const next = await alice.http.post(`${SERVICES}/llm/inference`, { ...PROMPT, model: miner.model });
    expect(next.body.estimated_completion).toMatch(INSTANT);
  });

  it('tell why they failed', async () => {
    const miner = await Miner.online();
    const id = await takenBy(miner);
    await miner.fail(await miner.take(), 'out of memory');
    expect(await outcome(id)).toMatchObject({ status: 'FAILED', result: null, error: expect.stringMatching('memory') });
  });

  it('are seen by their client and by admins only', async () => {
    const miner = await Miner.online();
    const id = await takenBy(miner);
    expectProblem(await (await actor('client')).http.get(`${SERVICES}/jobs/${id}`, 404));
    expectProblem(await alice.http.get(`${SERVICES}/jobs/${unique('job')}`, 404));
    expect((await admin.get(`${SERVICES}/jobs/${id}`)).body).toMatchObject({ job_id: id });
    await alice.http.post(`/api/v1/jobs/${id}/cancel`, undefined, 200);
  });
});
