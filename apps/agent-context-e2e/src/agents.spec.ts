import { type Actor, actor, admin, unique } from './testing/actors';
import { agentBody, registered } from './testing/agents';
import { ed25519 } from './testing/jws';
import { allOf } from './testing/pages';
import { AGENTS, REGISTER } from './testing/paths';
import { expectProblem } from './testing/problem';
import { idOf, stored } from './testing/shapes';

describe('registering agents', () => {
  let alice: Actor;
  let bob: Actor;
  beforeAll(async () => {
    alice = await actor('client');
    bob = await actor('client');
  });

  it('answers the whole agent, with an id that it makes', async () => {
    const body = agentBody({
      encryption_key: 'opaque',
      endpoint_url: 'https://example.org/agent',
      metadata: { team: 'e2e', deep: { list: [1, 2.5, null] } },
    });
    const { body: answer } = await alice.http.post(REGISTER, body);
    expect(answer).toMatchObject({ success: true, agent: { ...body, ...stored(alice.subject), agent_type: 'agent' } });
    expect(answer.agent.agent_id).toMatch(idOf('agent'));
    expect(answer.agent.id).toBe(answer.agent.agent_id);
    expect((await alice.http.get(`${AGENTS}/${answer.agent.id}`)).body).toMatchObject(body);
  });

  it('takes an id of the client’s choice and a raw key, and updates the agent when its owner registers it again', async () => {
    const agent_id = `${unique('A')}:one.two_3`;
    const { x: raw } = ed25519().publicJwk;
    await alice.http.post(REGISTER, agentBody({ agent_id, public_key: raw, capabilities: ['old'] }));
    expect((await alice.http.get(`${AGENTS}/${agent_id}`)).body.public_key).toMatchObject({ crv: 'Ed25519', x: raw });
    await alice.http.post(REGISTER, agentBody({ agent_id, capabilities: ['new', 'newer'] }));
    const { body } = await alice.http.get(`${AGENTS}/${agent_id}`);
    expect(body.capabilities).toEqual(['new', 'newer']);
    expect(body.public_key.x).not.toBe(raw);
  });

  it('refuses an id that another owner has', async () => {
    const agent_id = await registered(alice);
    expectProblem(await bob.http.post(REGISTER, agentBody({ agent_id }), 409));
  });

  it('accepts the longest id, 50 capabilities, and refuses one more', async () => {
    const longest = unique('x').padEnd(100, 'x');
    const capabilities = Array.from({ length: 50 }, (_, index) => `c${index}`);
    await alice.http.post(REGISTER, agentBody({ agent_id: longest, capabilities }));
    const more = agentBody({ agent_id: `${longest}x`, capabilities: [...capabilities, 'c50'] });
    expectProblem(await alice.http.post(REGISTER, more, 422), ['/agent_id', '/capabilities']);
  });

  it('is seen by its owner and by admins only', async () => {
    const id = await registered(alice);
    await admin.get(`${AGENTS}/${id}`);
    for (const path of [`${AGENTS}/${id}`, `${AGENTS}/${id}/profile`]) expectProblem(await bob.http.get(path, 404));
    expectProblem(await bob.http.patch(`${AGENTS}/${id}`, { name: 'mine' }, 404));
    expectProblem(await bob.http.delete(`${AGENTS}/${id}`, 404));
    for (const verb of ['activate', 'suspend', 'retire']) {
      expectProblem(await bob.http.post(`${AGENTS}/${id}/${verb}`, undefined, 404));
    }
    expectProblem(await bob.http.post(`${AGENTS}/${id}/heartbeat`, {}, 404));
    expectProblem(await bob.http.post(`${AGENTS}/${id}/status`, { status: 'busy' }, 404));
  });
});

describe('lists of agents', () => {
  it('holds the owner’s, page by page, each once', async () => {
    const owner = await actor('client');
    const ids = [await registered(owner), await registered(owner), await registered(owner)];
    const { body } = await owner.http.get(`${AGENTS}?limit=2`);
    expect(body.items).toHaveLength(2);
    expect(body.next_cursor).toEqual(expect.any(String));
    const all = await allOf<{ id: string }>(owner, `${AGENTS}?limit=2`);
    expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('counts only when asked, and takes an offset', async () => {
    const owner = await actor('client');
    for (let count = 0; count < 3; count += 1) await registered(owner);
    const counted = await owner.http.get(`${AGENTS}?count=true&limit=1&offset=2`);
    expect(counted.headers['x-total-count']).toBe('3');
    expect(counted.body.items).toHaveLength(1);
    expect((await owner.http.get(AGENTS)).headers['x-total-count']).toBeUndefined();
  });

  it('filters by status, capability and being online', async () => {
    const owner = await actor('client');
    const capability = unique('skill');
    const skilled = await registered(owner, { capabilities: [capability] });
    const busy = await registered(owner);
    await owner.http.post(`${AGENTS}/${busy}/status`, { status: 'busy' }, 200);
    const idsOf = async (query: string) =>
      (await allOf<{ id: string }>(owner, `${AGENTS}?${query}`)).map(({ id }) => id);
    expect(await idsOf(`capability=${capability}`)).toEqual([skilled]);
    expect(await idsOf('status=busy')).toEqual([busy]);
    expect(await idsOf('status=offline')).toEqual([skilled]);
    expect(await idsOf('online_only=true')).toEqual([busy]);
    expect(await idsOf(`status=busy&capability=${capability}`)).toEqual([]);
  });
});
