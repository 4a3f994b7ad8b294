import { type Actor, actor, unique } from './testing/actors';
import { registered } from './testing/agents';
import { allOf } from './testing/pages';
import { NETWORKS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { stored } from './testing/shapes';

let alice: Actor;
let agents: string[];
beforeAll(async () => {
  alice = await actor('client');
  agents = [await registered(alice), await registered(alice)];
});
const body = (more: object = {}) => ({ name: unique('network'), agents, ...more });

describe('networks of agents', () => {
  it('are created, read, changed and deleted', async () => {
    const wish = body({ description: 'readers', coordination: 'hierarchical' });
    const { body: network } = await alice.http.post(NETWORKS, wish);
    expect(network).toMatchObject({ ...stored(alice.subject), ...wish });
    const path = `${NETWORKS}/${network.id}`;
    expect((await alice.http.get(path)).body).toEqual(network);
    const changes = { name: 'Renamed', coordination: 'decentralized', agents: agents.slice(0, 1) };
    expect((await alice.http.patch(path, changes)).body).toMatchObject({ ...changes, description: 'readers' });
    await alice.http.delete(path);
    expectProblem(await alice.http.get(path, 404));
    expectProblem(await alice.http.delete(path, 404));
  });

  it('are listed page by page', async () => {
    const owner = await actor('client');
    const members = [await registered(owner)];
    const ids = [];
    for (let count = 0; count < 3; count += 1) {
      ids.push((await owner.http.post(NETWORKS, body({ agents: members }))).body.id);
    }
    const all = await allOf<{ id: string }>(owner, `${NETWORKS}?limit=2`);
    expect(all.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('are their owner’s only', async () => {
    const { id } = (await alice.http.post(NETWORKS, body())).body;
    const bob = await actor('client');
    expectProblem(await bob.http.get(`${NETWORKS}/${id}`, 404));
    expectProblem(await bob.http.patch(`${NETWORKS}/${id}`, { name: 'mine' }, 404));
    expectProblem(await bob.http.delete(`${NETWORKS}/${id}`, 404));
    expect(await allOf(bob, NETWORKS)).toEqual([]);
  });

  it('need agents that exist, and a known coordination', async () => {
    expectProblem(await alice.http.post(NETWORKS, body({ agents: [agents[0], 'nobody'] }), 422), ['/agents/1']);
    const bad = body({ name: '', coordination: 'chaotic', surprise: 1 });
    expectProblem(await alice.http.post(NETWORKS, bad, 422), ['/name', '/coordination', '/surprise']);
  });
});
