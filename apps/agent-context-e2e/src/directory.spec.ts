import { type Actor, actor, unique } from './testing/actors';
import { active, registered } from './testing/agents';
import { ran } from './testing/executions';
import { DIRECTORY, EXECUTIONS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { dataStep } from './testing/workflows';

let service: Actor;
let owner: Actor;
beforeAll(async () => {
  service = await actor('service');
  owner = await actor('client');
});

const receipts = async (query: string) => (await service.http.get(`${DIRECTORY}/receipts?${query}`)).body;

describe('the directory for the platform’s other services', () => {
  it('tells of an agent of any owner', async () => {
    const name = unique('agent');
    const agent_id = await registered(owner, { name, capabilities: ['singing'] });
    const { body } = await service.http.get(`${DIRECTORY}/agents/${agent_id}`);
    const summary = { agent_id, owner_id: owner.subject, name, lifecycle: 'registered', capabilities: ['singing'] };
    expect(body).toEqual(summary);
    expectProblem(await service.http.get(`${DIRECTORY}/agents/${unique('agent')}`, 404));
  });

  it('counts agents', async () => {
    await active(owner);
    const { body } = await service.http.get(`${DIRECTORY}/counts`);
    expect(body).toEqual({ registered: expect.any(Number), active: expect.any(Number), online: expect.any(Number) });
    expect(body.registered).toBeGreaterThanOrEqual(body.active);
    expect(body.active).toBeGreaterThanOrEqual(1);
  });

  it('lists what is public of receipts, newest first', async () => {
    const ids: string[] = [];
    for (const n of [1, 2]) {
      const { id } = await ran(owner, { steps: { a: dataStep(String(n)) } });
      const { body } = await owner.http.get(`${EXECUTIONS}/${String(id)}/receipt`);
      ids.unshift(body.payload.receipt_id);
    }
    const { items, total } = await receipts('limit=1500&count=true');
    expect(total).toBeGreaterThanOrEqual(2);
    const listed = items.map(({ id }: { id: string }) => id);
    expect(listed.filter((id: string) => ids.includes(id))).toEqual(ids);
    expect((await receipts(`limit=1&before=${ids[0]}`)).items).toHaveLength(1);
    expect((await receipts('limit=1')).total).toBeNull();
  });
});
