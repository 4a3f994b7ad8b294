import { describeAboveStores } from '@aitbc/shared-core/testing';
import { AgentContextFixture, PREFIX } from '../testing/agent-context-fixture';
import { networkPage } from './network.repository';

const UNKNOWN = 'net_unknown';

describeAboveStores('agent networks', (engine) => {
  let fixture: AgentContextFixture;
  let agents: string[];
  beforeAll(async () => {
    fixture = await AgentContextFixture.open(engine, { worker: false });
    agents = [await fixture.agent(), await fixture.agent()];
  });
  afterAll(() => fixture.context.stop());

  const body = (changes: object = {}) => ({ name: 'Crew', agents, ...changes });
  const create = (changes: object = {}, subject?: string) => fixture.post('/networks', body(changes), subject);
  const created = async (changes: object = {}): Promise<string> => String((await create(changes).expect(201)).body.id);
  const patch = (id: string, changes: object, subject?: string) =>
    fixture.request('patch', `/networks/${id}`, subject).send(changes);

  it('are answered whole, as they are read again', async () => {
    const response = await create({ description: 'Two\nof us', coordination: 'hierarchical' }).expect(201);
    const network = response.body as { id: string };
    expect(network).toEqual({
      id: expect.stringMatching(/^net_/),
      owner_id: 'alice',
      name: 'Crew',
      description: 'Two\nof us',
      agents,
      coordination: 'hierarchical',
      created_at: expect.stringMatching(/\.\d{3}Z$/),
      updated_at: expect.stringMatching(/\.\d{3}Z$/),
    });
    expect(response.headers['location']).toBe(`${PREFIX}/networks/${network.id}`);
    const read = await fixture.get(`/networks/${network.id}`).expect(200);
    expect(read.body).toEqual(network);
    expect(read.headers['etag']).toBe(response.headers['etag']);
  });

  it('are centralized and without description unless they say otherwise', async () => {
    expect((await create().expect(201)).body).toMatchObject({ coordination: 'centralized', description: null });
  });

  it.each([
    ['no name', { name: undefined }, '/name'],
    ['no agents', { agents: undefined }, '/agents'],
    ['an empty list of agents', { agents: [] }, '/agents'],
    ['201 agents', { agents: Array.from({ length: 201 }, (_, i) => `a${i}`) }, '/agents'],
    ['an agent twice', { agents: ['a', 'a'] }, '/agents'],
    ['an id with a NUL', { agents: ['a\0'] }, '/agents'],
    ['an unknown coordination', { coordination: 'anarchic' }, '/coordination'],
    ['a description with a NUL', { description: '\0' }, '/description'],
    ['an owner', { owner_id: 'bob' }, '/owner_id'],
  ])('are refused with %s', async (_what, changes, pointer) => {
    const { body: problem } = await create(changes).expect(422);
    expect(problem.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
  });

  it('have only agents of their owner that are not retired, and name each that is not', async () => {
    const [own = ''] = agents;
    const foreign = await fixture.agent('bob');
    const retired = await fixture.agent();
    await fixture.delete(`/agents/${retired}`).expect(204);
    const wrong = { agents: [foreign, own, 'agent_unknown', retired] };
    const id = await created();
    for (const refused of [await create(wrong).expect(422), await patch(id, wrong).expect(422)]) {
      const pointers = refused.body.errors.map((error: { pointer: string }) => error.pointer);
      expect(pointers).toEqual(['/agents/0', '/agents/2', '/agents/3']);
    }
    expect((await fixture.get(`/networks/${id}`)).body.agents).toEqual(agents);
  });

  it("may be changed by an admin, but keep to their owner's agents", async () => {
    const id = await created();
    const foreign = await fixture.agent('root');
    await patch(id, { agents: [foreign] }, 'root').expect(422);
    expect((await patch(id, { agents: agents.slice(0, 1) }, 'root').expect(200)).body.owner_id).toBe('alice');
  });

  it('change in what a PATCH names', async () => {
    const id = await created({ description: 'old' });
    const { body: changed } = await patch(id, { name: 'New', agents: agents.slice(1) }).expect(200);
    expect(changed).toMatchObject({ name: 'New', description: 'old', agents: agents.slice(1) });
    expect((await patch(id, { description: null, coordination: 'decentralized' }).expect(200)).body).toMatchObject({
      ...{ name: 'New', description: null, agents: agents.slice(1), coordination: 'decentralized' },
    });
  });

  it('stay readable and changeable in the rest when one of their agents retires', async () => {
    const leaving = await fixture.agent();
    const id = await created({ agents: [leaving] });
    await fixture.delete(`/agents/${leaving}`).expect(204);
    expect((await patch(id, { name: 'Without' }).expect(200)).body).toMatchObject({ agents: [leaving] });
  });

  it('are nobody else’s to see', async () => {
    const id = await created();
    await fixture.get(`/networks/${id}`, 'bob').expect(404);
    await patch(id, { name: 'Mine' }, 'bob').expect(404);
    await fixture.delete(`/networks/${id}`, 'bob').expect(404);
    expect((await fixture.get('/networks', 'bob').expect(200)).body.items).toEqual([]);
    expect((await fixture.get('/networks', 'root').expect(200)).body.items.length).toBeGreaterThan(0);
  });

  it('are gone when they are deleted', async () => {
    const id = await created();
    await fixture.delete(`/networks/${id}`).expect(204);
    await fixture.get(`/networks/${id}`).expect(404);
    await fixture.delete(`/networks/${id}`).expect(404);
    await patch(UNKNOWN, { name: 'x' }).expect(404);
    await fixture.get('/networks/a%00b').expect(404);
  });

  it('are listed page by page, newest first, without a table scan', async () => {
    const made = [await created(), await created(), await created()].reverse();
    const first = await fixture.get('/networks?limit=2&count=true').expect(200);
    expect(Number(first.headers['x-total-count'])).toBeGreaterThanOrEqual(3);
    const second = await fixture.get(`/networks?limit=1&cursor=${first.body.next_cursor}`).expect(200);
    const ids = [...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id);
    expect(ids).toEqual(made);
    for (const owner of ['alice', undefined]) expect(await planOf(owner)).toEqual([]);
  });

  /** The lines of the query plan that read a whole table; PostgreSQL may not choose to for its being small. */
  function planOf(owner: string | undefined): Promise<string[]> {
    return fixture.db.write(async (manager) => {
      const postgres = engine.engine === 'postgres';
      if (postgres) await manager.query('SET LOCAL enable_seqscan = off');
      const page = { limit: 50, afterId: 'net_9', offset: 0, withCount: false };
      const [sql, parameters] = networkPage(manager, owner, page).getQueryAndParameters();
      const explain = postgres ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
      const rows: Record<string, unknown>[] = await manager.query(`${explain} ${sql}`, parameters);
      return rows
        .map((row) => String(row['detail'] ?? row['QUERY PLAN']))
        .filter((line) => /^SCAN|Seq Scan/.test(line));
    });
  }
});
