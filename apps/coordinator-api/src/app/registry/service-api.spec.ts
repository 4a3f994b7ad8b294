import { createTestApp } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { createServiceRouter } from './service.router';
import { ServiceRegistry } from './service-registry';

const offers = { onlineByService: () => Promise.resolve(new Map([['whisper', 3]])) };
const constraints = { type: 'object', properties: { region: { type: 'string' } } };
const durations = { mean: (type: string) => Promise.resolve(type === 'whisper' ? 1_500 : undefined) };
const router = createServiceRouter(new ServiceRegistry(), offers, durations, constraints);
const { app } = createTestApp((routes) => routes.use('/api/v1', router));

describe('the API of services', () => {
  it('lists every kind with its schema and how many miners offer it now', async () => {
    const { body } = await request(app).get('/api/v1/services').expect(200);
    const whisper = body.items.find(({ type }: { type: string }) => type === 'whisper');
    expect(whisper).toMatchObject({ miners_online: 3, models: expect.arrayContaining(['tiny', 'large-v3']) });
    expect(body.items.map(({ miners_online: online }: { miners_online: number }) => online).sort()).toEqual([
      0, 0, 0, 0, 0, 3,
    ]);
    for (const item of body.items) expect(item.constraints).toEqual(constraints);
    expect(body.next_cursor).toBeNull();
  });

  it('answers the JSON Schema of a kind, and 404 for one that it does not know', async () => {
    const { body } = await request(app).get('/api/v1/services/llm_inference/schema').expect(200);
    expect(body).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['model', 'prompt'],
      properties: { prompt: { maxLength: 10_000 }, max_tokens: { maximum: 4_096 } },
    });
    await request(app).get('/api/v1/services/mining/schema').expect(404);
  });

  it('tells how long jobs of a kind take, when it knows', async () => {
    const durationOf = (type: string) => request(app).get(`/api/v1/services/${type}/duration`);
    expect((await durationOf('whisper').expect(200)).body).toEqual({ usual_duration_ms: 1_500 });
    expect((await durationOf('blender').expect(200)).body).toEqual({ usual_duration_ms: null });
    await durationOf('mining').expect(404);
  });
});
