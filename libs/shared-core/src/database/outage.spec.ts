import { QueryFailedError } from 'typeorm';
import { type CrashablePostgres, startCrashablePostgres } from '../testing/postgres';
import { waitFor } from '../testing/wait-for';
import type { Database } from './database';
import { asSeenFromOutside } from './database-errors';
import { openDatabase } from './open-database';
import { isOutage } from './sql-errors';
import { CounterEntity, entry, EntryEntity, LEDGER } from './testing/ledger';

const UNAVAILABLE = { code: 'dependency_unavailable', retryAfterSeconds: 1 };

describe('a server that goes down and comes back', () => {
  let server: CrashablePostgres;
  let database: Database;
  beforeAll(async () => {
    server = await startCrashablePostgres();
    database = await openDatabase({ url: await server.createDatabase(), ...LEDGER });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  /** Two statements that are at work until the server goes. */
  async function inFlight(): Promise<{ cut: Promise<PromiseSettledResult<unknown>[]> }> {
    const cut = Promise.allSettled([
      database.read((manager) => manager.query('SELECT pg_sleep(60)')),
      database.readSql((sql) => sql.query('SELECT pg_sleep(60)')),
    ]);
    await waitFor(async () => {
      const [row] = await database.readSql((sql) =>
        sql.query<{ n: number }>(`SELECT count(*) AS n FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'`),
      );
      return row?.n === 2;
    });
    return { cut };
  }

  it('is told as an outage by each call that it cuts, and by each that finds nobody', async () => {
    const { cut } = await inFlight();
    const calls: (() => Promise<unknown>)[] = [
      () => database.read((manager) => manager.find(CounterEntity)),
      () => database.readSql((sql) => sql.query('SELECT 1')),
      () => database.write((manager) => manager.insert(EntryEntity, entry(`entry ${Math.random()}`))),
      () => database.writeSet((sql) => sql.query('UPDATE counters SET value = value + 1')),
      () => database.writeAtOnce('set', () => [{ sql: 'UPDATE counters SET value = value + 1', parameters: [] }]),
      () => database.ping(),
    ];
    let isBack = false;
    const ask = async (call: () => Promise<unknown>) => {
      const failures: unknown[] = [];
      while (!isBack) await call().catch((error: unknown) => failures.push(error));
      return failures;
    };
    const asking = Promise.all(calls.map(ask));
    await server.restart();
    isBack = true;
    const rejected = { status: 'rejected', reason: expect.objectContaining(UNAVAILABLE) };
    expect(await cut).toEqual([rejected, rejected]);
    const failures = await asking;
    expect(failures.flat().filter((error) => (error as { code?: string }).code !== UNAVAILABLE.code)).toEqual([]);
    expect(failures.flat()).not.toEqual([]);
    await database.write((manager) => manager.insert(EntryEntity, entry('after')));
  }, 60_000);
});

describe('an error of a driver', () => {
  const socketError = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
  const coded = (code: string) => Object.assign(new Error('the driver says no'), { code });

  it.each([
    ['a refused connection', socketError],
    ['one in the form of TypeORM', new QueryFailedError('SELECT 1', [], socketError)],
    ['a broken connection', new Error('Connection terminated unexpectedly')],
    ['a pool that gets no connection', new Error('timeout exceeded when trying to connect')],
    ['a server that shuts down', coded('57P01')],
    ['a server that starts up', coded('57P03')],
    ['too many connections', coded('53300')],
    ['a locked file', coded('SQLITE_BUSY')],
    ['a full disk', coded('SQLITE_FULL')],
  ])('tells of an outage: %s', (_, error) => {
    expect(asSeenFromOutside(error)).toMatchObject({ ...UNAVAILABLE, cause: error });
  });

  it.each([
    ['a row that is there already', coded('23505')],
    ['a constraint', coded('SQLITE_CONSTRAINT')],
    ['a statement that is wrong', coded('42601')],
    ['a file that is no database', coded('SQLITE_NOTADB')],
    ['a statement that took too long', coded('57014')],
    ['a mistake of ours', new TypeError('x is not a function')],
    ['a word with a code of its own', coded('ERR_INVALID_ARG_TYPE')],
    ['nothing at all', undefined],
  ])('tells of none: %s', (_, error) => {
    expect(isOutage(error)).toBe(false);
    expect(asSeenFromOutside(error)).toBe(error);
  });
});
