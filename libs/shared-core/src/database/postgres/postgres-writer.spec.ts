import { startPostgres, TestPostgres } from '../../testing/postgres';
import type { Database } from '../database';
import { openDatabase } from '../open-database';
import { isForeignKeyViolation } from '../sql-errors';
import { CounterEntity, entry, EntryEntity, LEDGER } from '../testing/ledger';

describe('the writer of a PostgreSQL database', () => {
  let server: TestPostgres;
  let database: Database;

  beforeAll(async () => {
    server = await startPostgres();
    database = await openDatabase({ url: await server.createDatabase(), ...LEDGER });
    await database.write((manager) => manager.insert(CounterEntity, { id: 'second', value: 0 }));
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('repeats one of two sets that wait for each other', async () => {
    const before = database.stats().retries;
    const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const raise = (own: number, ids: readonly string[]): Promise<void> =>
      database.writeSet(async (sql) => {
        for (const [index, id] of ids.entries()) {
          await sql.query('UPDATE counters SET value = value + 1 WHERE id = $1', [id]);
          arrived[own]?.resolve();
          if (index === 0) await arrived[1 - own]?.promise;
        }
      });
    await Promise.all([raise(0, ['shared', 'second']), raise(1, ['second', 'shared'])]);
    const counters = await database.read((manager) => manager.find(CounterEntity));
    expect(counters.map(({ value }) => value)).toEqual([2, 2]);
    expect(database.stats().retries).toBeGreaterThan(before);
  });

  it('gives up a unit that fails to serialize each time, after the lock wait', async () => {
    const impatient = await openDatabase({
      url: await server.createDatabase(),
      ...LEDGER,
      // An attempt that comes to stand still takes less.
      lockWaitMs: 3_000,
    });
    // The first connection takes its time.
    await impatient.write((manager) => manager.query('SELECT 1'));
    let attempts = 0;
    const failing = impatient.write(async (manager) => {
      attempts += 1;
      await manager.query(`DO $$ BEGIN RAISE serialization_failure; END $$`);
    });
    await expect(failing).rejects.toMatchObject({ code: 'dependency_unavailable', retryAfterSeconds: 1 });
    expect(attempts).toBeGreaterThan(1);
    await impatient.close();
  });

  it('repeats a unit that the database held up past its limit, and says busy when it stays so', async () => {
    const url = await server.createDatabase();
    const hurried = await openDatabase({ url, ...LEDGER, unitLimitMs: 100, lockWaitMs: 20_000 });
    let attempts = 0;
    await hurried.write(async (manager) => {
      attempts += 1;
      await manager.insert(EntryEntity, entry('once'));
      if (attempts === 1) await manager.query('SELECT pg_sleep(0.3)');
    });
    // A busy machine may hold up the second as well.
    expect(attempts).toBeGreaterThan(1);
    expect(await hurried.read((manager) => manager.count(EntryEntity))).toBe(1);
    await hurried.close();

    const impatient = await openDatabase({ url, ...LEDGER, unitLimitMs: 100, lockWaitMs: 400 });
    const stuck = impatient.write((manager) => manager.query('SELECT pg_sleep(0.3)'));
    await expect(stuck).rejects.toMatchObject({ code: 'dependency_unavailable', retryAfterSeconds: 1 });
    await impatient.close();
  });

  it('rejects a unit whose connection breaks, and serves the next', async () => {
    const broken = database.write(async (manager) => {
      await manager.insert(EntryEntity, entry('lost'));
      await manager.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(broken).rejects.toMatchObject({
      code: 'dependency_unavailable',
      cause: expect.objectContaining({ message: expect.stringContaining('terminating connection') }),
    });
    await database.write((manager) => manager.insert(EntryEntity, entry('next')));
    const entries = await database.read((manager) => manager.find(EntryEntity));
    expect(entries.map(({ id }) => id)).toEqual(['next']);
  });

  it('rejects a unit whose COMMIT fails', async () => {
    const dangling = database.write((manager) => manager.insert(EntryEntity, entry('x', { counterId: 'none' })));
    const error: unknown = await dangling.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ detail: 'the commit failed; nothing was changed' });
    expect(isForeignKeyViolation(error)).toBe(true);
  });

  it('runs units serializable and sets read committed', async () => {
    const level = 'SHOW transaction_isolation';
    expect(await database.write((manager) => manager.query(level))).toEqual([
      { transaction_isolation: 'serializable' },
    ]);
    expect(await database.writeSet((sql) => sql.query(level))).toEqual([{ transaction_isolation: 'read committed' }]);
  });
});
