import { type Actor, actor } from './testing/actors';
import { active, registered } from './testing/agents';
import { eventually } from './testing/eventually';
import { AGENTS, STATS, WORKFLOWS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { INSTANT } from './testing/shapes';
import { created } from './testing/workflows';

describe('the life of an agent', () => {
  let owner: Actor;
  beforeAll(async () => {
    owner = await actor('client');
  });
  const move = (id: string, verb: string, status = 200) =>
    owner.http.post(`${AGENTS}/${id}/${verb}`, undefined, status);
  const get = async (id: string) => (await owner.http.get(`${AGENTS}/${id}`)).body;

  it('goes from registered over active and suspended to retired', async () => {
    const id = await registered(owner);
    for (const [verb, lifecycle] of [
      ['activate', 'active'],
      ['suspend', 'suspended'],
      ['activate', 'active'],
      ['retire', 'retired'],
    ] as const) {
      await move(id, verb);
      expect((await get(id)).lifecycle).toBe(lifecycle);
    }
  });

  it('ends when it is retired: it can be read, but nothing changes it', async () => {
    const id = await active(owner);
    await owner.http.delete(`${AGENTS}/${id}`);
    expect((await get(id)).lifecycle).toBe('retired');
    expectProblem(await move(id, 'activate', 409));
    expectProblem(await move(id, 'suspend', 409));
    expectProblem(await owner.http.patch(`${AGENTS}/${id}`, { name: 'again' }, 409));
    expectProblem(await owner.http.post(`${AGENTS}/${id}/heartbeat`, {}, 409));
    expectProblem(await owner.http.post(`${AGENTS}/${id}/status`, { status: 'available' }, 409));
  });

  it('changes what PATCH names, and nothing else', async () => {
    const id = await registered(owner, { metadata: { kept: true } });
    const before = await get(id);
    const changes = { name: 'Renamed', capabilities: ['writing'], endpoint_url: 'http://example.org:8080/x' };
    const { body } = await owner.http.patch(`${AGENTS}/${id}`, changes);
    expect(body).toMatchObject({ ...changes, metadata: { kept: true }, public_key: before.public_key });
    expect(await get(id)).toEqual(body);
    const metadata = { replaced: 1 };
    expect((await owner.http.patch(`${AGENTS}/${id}`, { metadata })).body).toMatchObject({ ...changes, metadata });
  });

  it('is offline until it sends a heartbeat, which tells when the next is due', async () => {
    const id = await active(owner);
    expect((await get(id)).status).toBe('offline');
    const beat = { load: 0.25, metrics: { queue: 3 } };
    const { body } = await owner.http.post(`${AGENTS}/${id}/heartbeat`, beat, 200);
    expect(body).toMatchObject({ success: true, next_heartbeat_seconds: expect.any(Number) });
    expect(body.next_heartbeat_seconds).toBeGreaterThan(0);
    expect((await get(id)).status).not.toBe('offline');
  });

  it.each(['available', 'busy', 'offline', 'maintenance'])('can say that it is %s', async (status) => {
    const id = await active(owner);
    await owner.http.post(`${AGENTS}/${id}/status`, { status }, 200);
    expect((await get(id)).status).toBe(status);
  });

  it('shows a profile with capabilities', async () => {
    const id = await active(owner, { capabilities: ['a', 'b'] });
    const { body } = await owner.http.get(`${AGENTS}/${id}/profile`);
    expect(body).toMatchObject({ agent_id: id, capabilities: ['a', 'b'] });
  });

  it('may run workflows only while it is active, and only its owner’s', async () => {
    const workflow = await created(owner, { is_public: true });
    const execute = (by: Actor, agent_id: string, status: number) =>
      by.http.post(`${WORKFLOWS}/${workflow}/execute`, { agent_id, inputs: { n: 1 } }, status);
    const id = await registered(owner);
    expectProblem(await execute(owner, id, 422), ['/agent_id']);
    await move(id, 'activate');
    await execute(owner, id, 202);
    expectProblem(await execute(await actor('client'), id, 422), ['/agent_id']);
    await move(id, 'suspend');
    expectProblem(await execute(owner, id, 422), ['/agent_id']);
    expectProblem(await execute(owner, 'nobody', 422), ['/agent_id']);
  });

  it('counts in the statistics', async () => {
    const before = (await owner.http.get(STATS)).body;
    const id = await active(owner);
    await owner.http.post(`${AGENTS}/${id}/heartbeat`, {}, 200);
    // A large platform may answer what it counted a moment ago, and says so.
    const after = await eventually(
      async () => (await owner.http.get(STATS)).body,
      (stats) => stats.registered_agents > before.registered_agents && stats.online_agents > 0,
    );
    expect(after.as_of).toMatch(INSTANT);
    expect(after).toMatchObject({ total_executions: expect.any(Number) });
  });
});
