import type { Database } from '@aitbc/shared-core';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { Client } from 'pg';
import type { EntityManager } from 'typeorm';
import { RetentionStore } from '../executions';
import { AgentContextFixture, dataStep } from '../testing/agent-context-fixture';

type Work = (manager: EntityManager) => Promise<unknown>;
type Run = (work: Work) => Promise<unknown>;

describeAboveStores('the first receipt of an execution that retention is deleting', (engine) => {
  let url: string;
  let fixture: AgentContextFixture;
  /** Another process. */
  let other: Database;
  let retention: RetentionStore;

  beforeAll(async () => {
    url = await engine.freshUrl();
    fixture = await AgentContextFixture.open(engine, { url });
    other = await engine.openDatabase({ url, entities: agentContextEntities, migrations: agentContextMigrations });
    retention = new RetentionStore(other);
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(async () => {
    await other.close();
    await fixture.context.stop();
  });

  async function finished(): Promise<string> {
    const steps = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`s${n}`, dataStep(String(n))]));
    const id = await fixture.start(await fixture.workflow(steps));
    expect((await fixture.until(id)).status).toBe('completed');
    return id;
  }

  const expectNotFound = async (id: string) => {
    const { body } = await fixture.get(`/executions/${id}/receipt`).expect(404);
    expect(body).toMatchObject({ code: 'not_found', detail: `no execution '${id}'` });
  };

  /** Makes the next unit of the API this one. */
  function replaceNextUnit(unit: (run: Run, work: Work) => Promise<unknown>): void {
    const run = fixture.db.write.bind(fixture.db) as Run;
    const replaced = (work: Work) => unit(run, work);
    jest.spyOn(fixture.db, 'write').mockImplementationOnce(replaced);
  }

  it('is not found when the execution goes after it was read', async () => {
    const id = await finished();
    replaceNextUnit(async (run, work) => {
      await retention.remove([id]);
      return run(work);
    });
    await expectNotFound(id);
  });

  it('is not found when a large execution is being taken apart, since it would state less than has happened', async () => {
    const id = await finished();
    expect(await retention.takeApart(id, () => Promise.resolve(false))).toBe(0);
    const { step_states } = await fixture.status(id);
    expect(Object.values(step_states).filter(({ status }) => status === 'completed')).toHaveLength(2);
    await expectNotFound(id);
  });

  // On SQLite no other unit can come between the statements of one.
  if (engine.engine === 'sqlite') return;

  it('is not found when the execution goes after the unit that stores it has looked', async () => {
    const id = await finished();
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('BEGIN');
    await client.query('DELETE FROM agent_executions WHERE id = $1', [id]);
    replaceNextUnit((run, work) =>
      run((manager) => {
        const repositoryOf = manager.getRepository.bind(manager);
        jest.spyOn(manager, 'getRepository').mockImplementation((entity) => {
          const repository = repositoryOf(entity);
          const insert = repository.insert.bind(repository);
          jest.spyOn(repository, 'insert').mockImplementation(async (row) => {
            await client.query('COMMIT');
            return insert(row);
          });
          return repository;
        });
        return work(manager);
      }),
    );
    await expectNotFound(id);
    await client.end();
  });
});
