import { type PageRequest, validateDto } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { AgentStep, AIAgentWorkflow, AIAgentWorkflowVersion } from '@aitbc/shared-domain';
import { ADMIN, ALICE, BOB, openWorkflows, type WorkflowFixture, workflowRequest } from './testing/workflow-fixture';
import { WorkflowDto } from './workflow.dto';
import { WorkflowRepository } from './workflow.repository';

const PAGE: PageRequest = { limit: 50, afterId: undefined, offset: 0, withCount: false };
const dto = (changes: object = {}) => validateDto(WorkflowDto, workflowRequest(changes));

describeAboveStores('the service of workflows', (engine) => {
  let fixture: WorkflowFixture;
  beforeEach(async () => (fixture = await openWorkflows(engine)));

  const create = async (who = ALICE, changes: object = {}) =>
    (await fixture.service.create(who, dto(changes))).workflow.id;
  const rows = () =>
    fixture.db.read(async (manager) => ({
      workflows: await manager.count(AIAgentWorkflow),
      versions: await manager.count(AIAgentWorkflowVersion),
      steps: await manager.count(AgentStep),
    }));

  it('numbers the versions of concurrent updates one after another', async () => {
    const id = await create();
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => fixture.service.update(ALICE, id, dto({ name }))));
    const versions = await Promise.all([1, 2, 3, 4, 5].map((n) => fixture.service.version(ALICE, id, n)));
    expect(versions.map(({ version }) => version.name).sort()).toEqual(['Two and one', ...names].sort());
    expect((await fixture.service.get(ALICE, id)).version.version).toBe(5);
  });

  it('writes nothing when a part of an update fails', async () => {
    const id = await create();
    const before = await rows();
    const failing = fixture.db.write(async () => {
      await fixture.service.update(ALICE, id, dto({ name: 'new' }));
      throw new Error('afterwards');
    });
    await expect(failing).rejects.toThrow('afterwards');
    expect(await rows()).toEqual(before);
    expect(await fixture.service.get(ALICE, id)).toMatchObject({ version: { name: 'Two and one', version: 1 } });
    await expect(fixture.service.version(ALICE, id, 2)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lets an execution begin wholly before a deletion, which then refuses, or not at all', async () => {
    const id = await create();
    const begin = fixture.db.write(async () => {
      await fixture.service.forExecution(ALICE, id);
      fixture.executions.running = 1;
    });
    const outcomes = await Promise.allSettled([begin, fixture.service.delete(ALICE, id, false)]);
    const deleted = outcomes[1]?.status === 'fulfilled';
    expect(outcomes.map(({ status }) => status)).toEqual(
      deleted ? ['rejected', 'fulfilled'] : ['fulfilled', 'rejected'],
    );
  });

  it('deletes nothing when the executions cannot be cancelled', async () => {
    const id = await create();
    fixture.executions.running = 1;
    fixture.executions.cancelAll = () => Promise.reject(new Error('cannot'));
    await expect(fixture.service.delete(ALICE, id, true)).rejects.toThrow('cannot');
    await expect(fixture.service.get(ALICE, id)).resolves.toBeDefined();
  });

  it('keeps the versions of a deleted workflow for the executions that ran them', async () => {
    const id = await create();
    await fixture.service.delete(ALICE, id, false);
    await expect(fixture.service.forExecution(ALICE, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(fixture.service.forExecution(ALICE, id, 1)).rejects.toMatchObject({ code: 'not_found' });
    expect(await new WorkflowRepository(fixture.db).loadVersion(id, 1)).toMatchObject({ version: 1 });
  });

  it('gives executions the version they ask for, public ones to everybody', async () => {
    const id = await create(ALICE, { is_public: true });
    await fixture.service.update(ALICE, id, dto({ name: 'new', is_public: true }));
    expect(await fixture.service.forExecution(BOB, id)).toMatchObject({ version: { version: 2, name: 'new' } });
    expect(await fixture.service.forExecution(BOB, id, 1)).toMatchObject({
      version: { version: 1, name: 'Two and one' },
    });
    await expect(fixture.service.forExecution(BOB, id, 3)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('reads the same definition from the database as it wrote', async () => {
    const request = { outputs: { all: '$' }, max_cost_budget: 12.34567891, description: 'Größe 𝄞' };
    const { workflow, version } = await fixture.service.create(ALICE, dto(request));
    expect(await new WorkflowRepository(fixture.db).loadVersion(workflow.id, 1)).toEqual(version);
  });

  it('reads many versions in the order asked for, leaving out those that are not there', async () => {
    const [a, b] = [await create(), await create(BOB)];
    const keys = [
      { workflowId: b, version: 1 },
      { workflowId: 'wf_none', version: 1 },
      { workflowId: a, version: 1 },
      { workflowId: a, version: 2 },
    ];
    const repository = new WorkflowRepository(fixture.db);
    const fromDatabase = await repository.loadVersions(keys);
    expect(fromDatabase.map(({ workflowId }) => workflowId)).toEqual([b, a]);
    expect(await repository.loadVersions(keys)).toEqual(fromDatabase);
  });

  it('ends a page of large workflows early, and goes on behind it', async () => {
    const config = (n: number) => ({ expression: `${n}`, padding: 'x'.repeat(60_000) });
    const step = { name: 'Large', step_type: 'data_processing' };
    const steps = Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`s${n}`, { ...step, config: config(n) }]));
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push(await create(BOB, { steps, dependencies: {} }));
    const seen: string[] = [];
    const pages: number[] = [];
    for (let afterId: string | undefined; pages.length === 0 || afterId !== undefined;) {
      const page = await fixture.service.list(BOB, {}, { ...PAGE, afterId });
      seen.push(...page.items.map(({ workflow }) => workflow.id));
      pages.push(page.items.length);
      afterId = page.lastId;
    }
    expect(seen).toEqual([...ids].reverse());
    expect(pages).toEqual([4, 2]);
  });

  describe('list', () => {
    let own: string, shown: string, others: string, secret: string;
    beforeEach(async () => {
      own = await create(ALICE, { tags: ['x', 'y'] });
      shown = await create(ALICE, { tags: ['x'], is_public: true });
      others = await create(BOB, { tags: ['y', 'x'], is_public: true });
      secret = await create(BOB, { tags: ['x'] });
      await fixture.service.delete(ALICE, await create(ALICE, { is_public: true }), false);
    });
    const listed = async (who = ALICE, filter = {}, page: Partial<PageRequest> = {}) => {
      const { items, total } = await fixture.service.list(who, filter, { ...PAGE, ...page });
      return { ids: items.map(({ workflow }) => workflow.id), total };
    };

    it('has the principal’s own and the public ones, newest first', async () => {
      expect((await listed()).ids).toEqual([others, shown, own]);
      expect((await listed(BOB)).ids).toEqual([secret, others, shown]);
    });

    it('has everything for admins', async () => {
      expect((await listed(ADMIN)).ids).toEqual([secret, others, shown, own]);
    });

    it('is filtered by owner, visibility and all of the tags', async () => {
      expect((await listed(ALICE, { ownerId: 'bob' })).ids).toEqual([others]);
      expect((await listed(ALICE, { ownerId: 'alice' })).ids).toEqual([shown, own]);
      expect((await listed(ALICE, { isPublic: true })).ids).toEqual([others, shown]);
      expect((await listed(ALICE, { isPublic: false })).ids).toEqual([own]);
      expect((await listed(ADMIN, { isPublic: false })).ids).toEqual([secret, own]);
      expect((await listed(ALICE, { ownerId: 'bob', isPublic: false })).ids).toEqual([]);
      expect((await listed(ALICE, { tags: ['y'] })).ids).toEqual([others, own]);
      expect((await listed(ALICE, { tags: ['x', 'y', 'x'] })).ids).toEqual([others, own]);
      expect((await listed(ALICE, { tags: ['x', 'z'] })).ids).toEqual([]);
    });

    it('continues after a cursor or an offset, and counts', async () => {
      expect((await listed(ALICE, {}, { limit: 2 })).ids).toEqual([others, shown]);
      expect((await listed(ALICE, {}, { afterId: shown })).ids).toEqual([own]);
      expect((await listed(ALICE, {}, { offset: 1, limit: 1 })).ids).toEqual([shown]);
      expect((await listed(ALICE, {}, { limit: 1, withCount: true })).total).toBe(3);
      expect((await listed(ADMIN, { tags: ['x'] }, { withCount: true })).total).toBe(4);
    });
  });
});
