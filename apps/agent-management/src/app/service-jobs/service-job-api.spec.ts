import { AppError } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { AgentContextFixture, PREFIX } from '../testing/agent-context-fixture';

const KINDS = ['whisper', 'stable_diffusion', 'llm_inference', 'ffmpeg', 'blender', 'text_analysis'];
const SCHEMAS = { schema: { type: 'object' }, constraints: { title: 'demands' } };

describeAboveStores('service jobs', (engine) => {
  let fixture: AgentContextFixture;
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine, { worker: false });
    const kind = { name: 'K', description: 'D', models: ['tiny'], minersOnline: 1, ...SCHEMAS };
    fixture.jobs.kinds = KINDS.map((type) => ({ ...kind, type }));
  });
  afterEach(() => (fixture.jobs.away = false));
  afterAll(() => fixture.context.stop());

  const last = () => fixture.jobs.submissions.at(-1);

  it('are of the kinds that the coordinator knows', async () => {
    const { body } = await fixture.get('/services').expect(200);
    expect(body.items.map(({ type }: { type: string }) => type)).toEqual(KINDS);
    expect(body.items[0]).toMatchObject({ models: ['tiny'], miners_online: 1, ...SCHEMAS });
    expect((await fixture.get('/services/whisper/schema').expect(200)).body).toEqual({ type: 'object' });
    await fixture.get('/services/alchemy/schema').expect(404);
    await fixture.post('/services/alchemy', {}).expect(404);
  });

  it("become jobs of the caller, and are the caller's to see", async () => {
    const response = await fixture.post('/services/text_analysis', { text: 'x' }).expect(201);
    const { job_id: id } = response.body as { job_id: string };
    expect(response.body).toEqual({
      ...{ job_id: id, service_type: 'text_analysis', status: 'QUEUED', estimated_completion: null },
    });
    expect(last()).toMatchObject({ clientId: 'alice', serviceRequest: { text: 'x' } });
    expect(response.headers['location']).toBe(`${PREFIX}/services/jobs/${id}`);
    fixture.jobs.end(id, { result: { ok: true }, costUnits: 5_000_000, receipt: 'a.b.c' });
    const { body } = await fixture.get(`/services/jobs/${id}`).expect(200);
    expect(body).toMatchObject({ status: 'COMPLETED', result: { ok: true }, cost: 0.05, receipt: 'a.b.c' });
    await fixture.get(`/services/jobs/${id}`, 'bob').expect(404);
    await fixture.get('/services/jobs/job_unknown').expect(404);
  });

  it('are expected to take as long as such jobs took', async () => {
    fixture.jobs.durations.set('ffmpeg', 60_000);
    const before = Date.now();
    const { body } = await fixture.post('/services/ffmpeg', {}).expect(201);
    const expected = Date.parse(body.estimated_completion);
    expect(expected).toBeGreaterThanOrEqual(before + 60_000);
    expect(expected).toBeLessThanOrEqual(Date.now() + 60_000);
  });

  it.each([
    ['/whisper/transcribe', {}, 'whisper', { task: 'transcribe' }],
    ['/whisper/translate', { task: 'translate' }, 'whisper', { task: 'translate' }],
    ['/stable-diffusion/generate', { prompt: 'a' }, 'stable_diffusion', { prompt: 'a' }],
    ['/stable-diffusion/img2img', { init_image_url: 'u' }, 'stable_diffusion', { init_image_url: 'u' }],
    ['/llm/inference', {}, 'llm_inference', {}],
    ['/ffmpeg/transcode', {}, 'ffmpeg', {}],
    ['/blender/render', {}, 'blender', {}],
    ['/text-analysis', {}, 'text_analysis', {}],
  ])('have the shortcut %s', async (path, body, serviceType, serviceRequest) => {
    await fixture.post(`/services${path}`, body).expect(201);
    expect(last()).toMatchObject({ serviceType, serviceRequest });
  });

  it.each([
    ['/whisper/translate', { task: 'transcribe' }, '/task'],
    ['/stable-diffusion/img2img', {}, '/init_image_url'],
  ])('are refused where the body does not fit the path %s', async (path, body, pointer) => {
    expect((await fixture.post(`/services${path}`, body).expect(422)).body.errors).toMatchObject([{ pointer }]);
  });

  it('name what the coordinator finds wrong by its place in the body', async () => {
    const submit = jest.spyOn(fixture.jobs, 'submit');
    const fields = [{ pointer: '/payload/service_request/crf', message: 'must be <= 51' }];
    submit.mockRejectedValueOnce(new AppError('validation_failed', 'bad', { fields }));
    const { body } = await fixture.post('/services/ffmpeg', { crf: 99 }).expect(422);
    expect(body.errors).toEqual([{ pointer: '/crf', message: 'must be <= 51' }]);
    submit.mockRestore();
  });

  it('are one job for one key, also when the answer was lost before it was recorded', async () => {
    const post = (body: object) => fixture.post('/services/blender', body).set('Idempotency-Key', 'render');
    const estimate = jest.spyOn(fixture.jobs, 'usualDurationMs').mockRejectedValueOnce(new Error('crash'));
    await post({ a: 1 }).expect(500);
    estimate.mockRestore();
    const count = fixture.jobs.submissions.length;
    const first = await post({ a: 1 }).expect(201);
    expect((await post({ a: 1 }).expect(201)).body).toEqual(first.body);
    await post({ a: 2 }).expect(422);
    expect(fixture.jobs.submissions.length).toBe(count);
    await fixture.post('/services/blender', { a: 1 }).expect(201);
    expect(fixture.jobs.submissions.length).toBe(count + 1);
  });

  it('are 503 while nobody answers for the coordinator', async () => {
    fixture.jobs.away = true;
    await fixture.get('/services').expect(503);
    await fixture.post('/services/whisper', {}).expect(503);
  });
});
