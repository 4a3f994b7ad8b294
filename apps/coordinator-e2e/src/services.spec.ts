import { type Actor, actor, type Role } from './testing/actors';
import { SERVICES } from './testing/paths';
import { expectProblem } from './testing/problem';

const KINDS = ['blender', 'ffmpeg', 'llm_inference', 'stable_diffusion', 'text_analysis', 'whisper'];

describe('the registry of job kinds', () => {
  it.each<Role>(['client', 'miner', 'service', 'admin'])('is open to the role %s', async (role) => {
    const { body } = await (await actor(role)).http.get(SERVICES);
    const types = body.items.map(({ type }: { type: string }) => type);
    expect(types).toEqual(expect.arrayContaining(KINDS));
  });

  describe('schemas', () => {
    let client: Actor;
    beforeAll(async () => {
      client = await actor('client');
    });

    it.each(KINDS)('describe %s as JSON Schema', async (type) => {
      const { body } = await client.http.get(`${SERVICES}/${type}/schema`);
      expect(body).toMatchObject({ type: 'object', properties: expect.any(Object) });
    });

    it('exist for known kinds only', async () => {
      expectProblem(await client.http.get(`${SERVICES}/mining/schema`, 404));
    });
  });
});
