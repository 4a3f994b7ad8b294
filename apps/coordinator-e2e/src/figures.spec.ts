import { type Actor, actor, admin } from './testing/actors';
import { submitted } from './testing/jobs';
import { Miner } from './testing/miner';
import { API, JOBS, MINERS } from './testing/paths';
import { expectProblem } from './testing/problem';

let client: Actor;
let miner: Miner;
let job: string;
beforeAll(async () => {
  client = await actor('client');
  miner = await Miner.online({ capabilities: { price: 0.00000005 } });
  job = await submitted(client, miner.model);
  await miner.complete(await miner.take(), { text: 'done' });
});

describe('figures of the platform', () => {
  it('count jobs, miners and agents for everybody', async () => {
    for (const who of [client, miner.actor]) {
      const { body } = await who.http.get(`${API}/dashboard/ecosystem`);
      expect(body).toMatchObject({ jobs: expect.any(Object), miners: expect.any(Object) });
      expect(body).toHaveProperty('agents');
    }
  });

  it('show receipts, newest first, to everybody', async () => {
    const { body: receipt } = await client.http.get(`${JOBS}/${job}/receipt`);
    const { body } = await miner.actor.http.get(`${API}/explorer/receipts?limit=200`);
    expect(body.items.map(({ id }: { id: string }) => id)).toContain(receipt.id);
    const times = body.items.map(({ issued_at }: { issued_at: string }) => Date.parse(issued_at));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('tell a miner what it has earned', async () => {
    const { body } = await miner.actor.http.get(`${MINERS}/${miner.id}/earnings`);
    expect(JSON.stringify(body)).toContain('5e-8');
    const other = await Miner.online();
    expectProblem(await other.actor.http.get(`${MINERS}/${miner.id}/earnings`, 404));
  });

  it.each(['stats', 'jobs', 'miners'])('are for admins only at /admin/%s', async (part) => {
    await admin.get(`${API}/admin/${part}`);
    for (const { http } of [client, miner.actor, await actor('service')]) {
      expectProblem(await http.get(`${API}/admin/${part}`, 403));
    }
  });
});
