import { generateSigningKey } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import request from 'supertest';
import { type AgentFixture, ALICE, BOB, openAgents, registration } from './testing/agent-fixture';

const BASE = '/api/v1/agent';
const SILENCE_ALLOWED = 90;

describeAboveStores('agents over HTTP', (engine) => {
  let fixture: AgentFixture;
  let count = 0;
  beforeAll(async () => (fixture = await openAgents(engine)));

  const signed = (subject: string, method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
    request(fixture.http.app)[method](`${BASE}${path}`).set('X-Api-Key', subject);
  const get = (path: string, subject = 'alice') => signed(subject, 'get', path);
  const post = (path: string, body: object = {}, subject = 'alice') => signed(subject, 'post', path).send(body);
  const patch = (path: string, body: object, subject = 'alice') => signed(subject, 'patch', path).send(body);
  const remove = (path: string, subject = 'alice') => signed(subject, 'delete', path);
  /** Each agent has a capability of its own, by which a test finds just its own agents. */
  const register = async (changes: object = {}, subject = 'alice'): Promise<string> => {
    const { body } = await post('/agents/register', registration({ agent_id: `a-${++count}`, ...changes }), subject);
    return body.agent.agent_id as string;
  };
  const ids = async (query: string, subject = 'alice'): Promise<string[]> => {
    const { body } = await get(`/agents?${query}`, subject).expect(200);
    return body.items.map((agent: { agent_id: string }) => agent.agent_id);
  };

  describe('POST /agents/register', () => {
    it('answers the whole agent, offline until it is heard', async () => {
      const { jwk } = generateSigningKey();
      const { body, headers } = await post('/agents/register', { public_key: jwk.x, capabilities: [] }).expect(201);
      const at = new Date(fixture.clock.ms).toISOString();
      expect(body).toEqual({
        success: true,
        agent: {
          id: expect.stringMatching(/^agent_/),
          agent_id: body.agent.id,
          owner_id: 'alice',
          name: null,
          public_key: jwk,
          encryption_key: null,
          capabilities: [],
          agent_type: 'agent',
          endpoint_url: null,
          metadata: {},
          lifecycle: 'registered',
          status: 'offline',
          last_heartbeat_at: null,
          created_at: at,
          updated_at: at,
        },
      });
      expect(headers['location']).toBe(`${BASE}/agents/${body.agent.id}`);
    });

    it('updates the agent of the same owner, and keeps what the request leaves out', async () => {
      const id = await register({ name: 'Ann', metadata: { rank: 1 } });
      const again = registration({ agent_id: id, capabilities: ['sing'], endpoint_url: 'http://127.0.0.1:9/x' });
      const { body } = await post('/agents/register', again).expect(201);
      expect(body.agent).toMatchObject({ name: 'Ann', metadata: { rank: 1 }, capabilities: ['sing'] });
      expect(body.agent.public_key).toEqual(again.public_key);
      expect((await get(`/agents/${id}`)).body).toEqual(body.agent);
      expect(await ids('capability=translate&limit=200')).not.toContain(id);
    });

    it('is 409 for the id of another owner, which stays as it was', async () => {
      const id = await register();
      const before = (await get(`/agents/${id}`)).body;
      await post('/agents/register', registration({ agent_id: id, name: 'Mine' }), 'bob').expect(409);
      expect((await get(`/agents/${id}`)).body).toEqual(before);
    });

    it('gives one id to one owner when two want it at once', async () => {
      const agent_id = 'contested';
      const answers = await Promise.all(
        ['alice', 'bob'].map((subject) => post('/agents/register', registration({ agent_id }), subject)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    });

    it.each([
      ['no key', { public_key: undefined }, '/public_key'],
      ['a key that is none', { public_key: 'AAAA' }, '/public_key'],
      ['a private key', { public_key: generateSigningKey().privateJwk }, '/public_key'],
      ['a bad id', { agent_id: 'a/b' }, '/agent_id'],
      ['an id that is null', { agent_id: null }, '/agent_id'],
      ['no capabilities', { capabilities: undefined }, '/capabilities'],
      ['51 capabilities', { capabilities: Array.from({ length: 51 }, (_, i) => `c${i}`) }, '/capabilities'],
      ['an empty capability', { capabilities: [''] }, '/capabilities'],
      ['a capability twice', { capabilities: ['a', 'a'] }, '/capabilities'],
      ['an endpoint that is no URL', { endpoint_url: 'javascript:alert(1)' }, '/endpoint_url'],
      ['metadata above 16 KiB', { metadata: { x: 'y'.repeat(16_384) } }, '/metadata'],
      ['metadata that is a list', { metadata: [] }, '/metadata'],
      ['a name with a NUL', { name: 'a\0b' }, '/name'],
      ['an owner', { owner_id: 'bob' }, '/owner_id'],
    ])('refuses %s', async (_what, changes, pointer) => {
      const { body } = await post('/agents/register', registration(changes)).expect(422);
      expect(body).toMatchObject({ code: 'validation_failed', errors: [{ pointer }] });
      expect(body.errors).toHaveLength(1);
    });

    it('wants credentials', () => post('/agents/register', registration(), 'mallory').expect(401));
  });

  describe('what others may see', () => {
    it('is nothing, on every route', async () => {
      const id = await register();
      await get(`/agents/${id}`, 'bob').expect(404);
      await get(`/agents/${id}/profile`, 'bob').expect(404);
      await patch(`/agents/${id}`, { name: 'x' }, 'bob').expect(404);
      await remove(`/agents/${id}`, 'bob').expect(404);
      for (const verb of ['heartbeat', 'activate', 'suspend', 'retire']) {
        await post(`/agents/${id}/${verb}`, {}, 'bob').expect(404);
      }
      await post(`/agents/${id}/status`, { status: 'busy' }, 'bob').expect(404);
      expect(await ids('limit=200', 'bob')).not.toContain(id);
    });

    it('is everything for admins', async () => {
      const id = await register({ capabilities: ['for-admins'] });
      await get(`/agents/${id}`, 'root').expect(200);
      expect(await ids('capability=for-admins', 'root')).toEqual([id]);
    });

    it.each(['nobody', '%00', 'a%2Fb'])('is 404 for an agent that is not there: %s', (id) =>
      get(`/agents/${id}`).expect(404),
    );
  });

  describe('PATCH /agents/{id}', () => {
    it('leaves absent fields alone and clears with null', async () => {
      const id = await register({ name: 'Ann', metadata: { a: 1 }, endpoint_url: 'http://localhost:1/' });
      fixture.clock.advance(1);
      const { body } = await patch(`/agents/${id}`, { name: null }).expect(200);
      expect(body).toMatchObject({ name: null, metadata: { a: 1 }, endpoint_url: 'http://localhost:1/' });
      expect(body.updated_at).toBe(new Date(fixture.clock.ms).toISOString());
      const next = await patch(`/agents/${id}`, { capabilities: ['patched'], endpoint_url: null }).expect(200);
      expect(next.body).toMatchObject({ name: null, capabilities: ['patched'], endpoint_url: null });
      expect(await ids('capability=patched')).toEqual([id]);
    });

    it.each([
      [{ capabilities: null }, '/capabilities'],
      [{ metadata: null }, '/metadata'],
      [{ public_key: 'x' }, '/public_key'],
      [{ name: '' }, '/name'],
    ])('refuses %j', async (body, pointer) => {
      const id = await register();
      const response = await patch(`/agents/${id}`, body).expect(422);
      expect(response.body.errors).toEqual([{ pointer, message: expect.any(String) }]);
    });
  });

  describe('heartbeats and status', () => {
    it('make an agent available until it has been silent for three intervals', async () => {
      const id = await register({ capabilities: ['beats'] });
      const { body } = await post(`/agents/${id}/heartbeat`, { load: 0.5, metrics: { rss: 7 } }).expect(200);
      expect(body).toEqual({ success: true, next_heartbeat_seconds: 30 });
      const shown = (await get(`/agents/${id}/profile`)).body;
      expect(shown).toMatchObject({ status: 'available', last_report: { load: 0.5, metrics: { rss: 7 } } });
      fixture.clock.advance(SILENCE_ALLOWED);
      expect((await get(`/agents/${id}`)).body.status).toBe('available');
      expect(await ids('capability=beats&online_only=true')).toEqual([id]);
      fixture.clock.advance(1);
      expect((await get(`/agents/${id}`)).body.status).toBe('offline');
      expect(await ids('capability=beats&online_only=true')).toEqual([]);
    });

    it('leave updated_at alone', async () => {
      const id = await register();
      const before = (await get(`/agents/${id}`)).body.updated_at;
      fixture.clock.advance(5);
      await post(`/agents/${id}/heartbeat`).expect(200);
      expect((await get(`/agents/${id}`)).body.updated_at).toBe(before);
    });

    it('keep the status that the agent said, offline too', async () => {
      const id = await register();
      await post(`/agents/${id}/status`, { status: 'offline' }).expect(200);
      await post(`/agents/${id}/heartbeat`).expect(200);
      expect((await get(`/agents/${id}`)).body.status).toBe('offline');
    });

    it.each(['available', 'busy', 'offline', 'maintenance'])(
      'are found by status %s, the one at the time',
      async (status) => {
        const capability = `is-${status}`;
        const id = await register({ capabilities: [capability] });
        const { body } = await post(`/agents/${id}/status`, { status }).expect(200);
        expect(body.status).toBe(status);
        expect(await ids(`capability=${capability}&status=${status}`)).toEqual([id]);
        fixture.clock.advance(SILENCE_ALLOWED + 1);
        expect(await ids(`capability=${capability}&status=offline`)).toEqual([id]);
      },
    );

    it.each([
      ['heartbeat', { load: -1 }, '/load'],
      ['heartbeat', { metrics: [] }, '/metrics'],
      ['heartbeat', { mood: 1 }, '/mood'],
      ['status', { status: 'asleep' }, '/status'],
      ['status', {}, '/status'],
    ])('refuse a %s of %j', async (what, body, pointer) => {
      const id = await register();
      const response = await post(`/agents/${id}/${what}`, body).expect(422);
      expect(response.body.errors[0].pointer).toBe(pointer);
    });
  });

  describe('the life of an agent', () => {
    it('goes from registered to active, suspended, active again and retired', async () => {
      const id = await register();
      for (const [verb, lifecycle] of [
        ['activate', 'active'],
        ['activate', 'active'],
        ['suspend', 'suspended'],
        ['activate', 'active'],
        ['retire', 'retired'],
        ['retire', 'retired'],
      ] as const) {
        const { body } = await post(`/agents/${id}/${verb}`).expect(200);
        expect(body).toMatchObject({ agent_id: id, lifecycle });
      }
    });

    it('ends with DELETE: still there to read, offline, out of the list, and immutable', async () => {
      const id = await register({ capabilities: ['mortal'] });
      await post(`/agents/${id}/heartbeat`).expect(200);
      await remove(`/agents/${id}`).expect(204);
      await remove(`/agents/${id}`).expect(204);
      expect((await get(`/agents/${id}`)).body).toMatchObject({ lifecycle: 'retired', status: 'offline' });
      expect(await ids('capability=mortal')).toEqual([]);
      expect(await ids('capability=mortal&lifecycle=retired')).toEqual([id]);
      await patch(`/agents/${id}`, { name: 'x' }).expect(409);
      await post(`/agents/${id}/heartbeat`).expect(409);
      await post(`/agents/${id}/status`, { status: 'busy' }).expect(409);
      await post(`/agents/${id}/activate`).expect(409);
      await post(`/agents/${id}/suspend`).expect(409);
      await post('/agents/register', registration({ agent_id: id })).expect(409);
    });

    it('lets only the active agent of the principal run workflows', async () => {
      const id = await register();
      const refusal = { code: 'validation_failed', fields: [{ pointer: '/agent_id', message: expect.any(String) }] };
      await expect(fixture.service.requireActive(ALICE, id)).rejects.toMatchObject(refusal);
      await post(`/agents/${id}/activate`).expect(200);
      await expect(fixture.service.requireActive(ALICE, id)).resolves.toMatchObject({ id });
      await expect(fixture.service.requireActive(BOB, id)).rejects.toMatchObject(refusal);
    });
  });

  describe('lists, profile and figures', () => {
    it.each([['status=asleep'], ['online_only=maybe'], ['lifecycle=dead'], ['limit=0'], ['cursor=x'], ['capability=']])(
      'refuses ?%s',
      async (query) => {
        const { body } = await get(`/agents?${query}`).expect(422);
        expect(body.errors[0].pointer).toBe(`?${query.split('=')[0]}`);
      },
    );

    it('pages by id and counts when asked', async () => {
      const mine = [];
      for (const name of ['p-1', 'p-2', 'p-3']) mine.push(await register({ agent_id: name, capabilities: ['paged'] }));
      const first = await get('/agents?capability=paged&limit=2&count=true').expect(200);
      expect(first.headers['x-total-count']).toBe('3');
      expect(first.body.items.map((a: { id: string }) => a.id)).toEqual(['p-1', 'p-2']);
      expect(await ids(`capability=paged&limit=2&cursor=${first.body.next_cursor}`)).toEqual(['p-3']);
      expect(await ids('capability=paged&limit=2&offset=1')).toEqual(['p-2', 'p-3']);
    });

    it('adds to the profile what other features know', async () => {
      const id = await register();
      const { body } = await get(`/agents/${id}/profile`).expect(200);
      expect(body).toMatchObject({ agent_id: id, last_report: null, performance: { asked_for: id } });
    });

    it('counts agents that are not retired, and answers the same to everybody', async () => {
      const before = (await get('/stats').expect(200)).body;
      const [active, retired] = [await register(), await register()];
      await register();
      await post(`/agents/${active}/activate`);
      await post(`/agents/${active}/heartbeat`);
      await remove(`/agents/${retired}`);
      const after = (await get('/stats', 'bob').expect(200)).body;
      expect(after).toEqual({
        as_of: expect.stringMatching(/Z$/),
        registered_agents: before.registered_agents + 2,
        active_agents: before.active_agents + 1,
        online_agents: before.online_agents + 1,
        agents_by_lifecycle: {
          registered: before.agents_by_lifecycle.registered + 1,
          active: before.agents_by_lifecycle.active + 1,
          suspended: before.agents_by_lifecycle.suspended,
          retired: before.agents_by_lifecycle.retired + 1,
        },
        total_executions: 7,
      });
      await get('/stats', 'mallory').expect(401);
    });
  });
});
