import { startPostgres, type TestPostgres } from '../../testing/postgres';
import type { Database, SqlRunner } from '../database';
import { jsonRows } from '../dialect';
import { openDatabase } from '../open-database';
import { CounterEntity, LEDGER } from '../testing/ledger';

interface Setting {
  readonly name: string;
  readonly setting: string;
}

const settingsOf = async (sql: SqlRunner, names: readonly string[]) => {
  const rows = await sql.query<Setting>(
    'SELECT name, setting FROM pg_settings WHERE name IN (SELECT jsonb_array_elements_text($1::jsonb))',
    [JSON.stringify(names)],
  );
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
};

describe('the sessions of a PostgreSQL database', () => {
  let server: TestPostgres;
  let url: URL;
  let database: Database;

  beforeAll(async () => {
    server = await startPostgres();
    url = new URL(await server.createDatabase());
    url.searchParams.set('options', '-c work_mem=5MB');
    database = await openDatabase({ url: url.href, ...LEDGER, unitLimitMs: 301 });
  });
  afterAll(async () => {
    await database.close();
    await server.stop();
  });

  it('find rows by their keys in a table that the planner knows nothing of', async () => {
    const counters = Array.from({ length: 30 }, (_, n) => ({ id: `c${n}`, value: n }));
    await database.write((manager) => manager.insert(CounterEntity, counters));
    const keys = jsonRows('postgres', '$1', 'k', { id: 'text' });
    const statement = `EXPLAIN SELECT c.* FROM ${keys} JOIN counters c ON c.id = k.id`;
    const plan = async (sql: SqlRunner) => {
      const rows = await sql.query<{ 'QUERY PLAN': string }>(statement, [JSON.stringify([{ id: 'c7' }])]);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    for (const found of [await database.readSql(plan), await database.writeSet(plan)]) {
      expect(found).toMatch(/Index Scan using \S+ on counters/);
      expect(found).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
    }
  });

  it('bound what units wait for, and refuse writes where there is only reading', async () => {
    const names = ['statement_timeout', 'lock_timeout', 'default_transaction_read_only', 'work_mem'];
    const given = { work_mem: '5120' };
    expect(await database.writeSet((sql) => settingsOf(sql, names))).toEqual({
      ...given,
      statement_timeout: '301',
      lock_timeout: '151',
      default_transaction_read_only: 'off',
    });
    expect(await database.readSql((sql) => settingsOf(sql, names))).toEqual({
      ...given,
      statement_timeout: '0',
      lock_timeout: '0',
      default_transaction_read_only: 'on',
    });
  });

  it('let migrations and what prepares a database take their time', async () => {
    const limits: unknown[] = [];
    const prepared = await openDatabase({
      url: await server.createDatabase(),
      ...LEDGER,
      unitLimitMs: 50,
      prepare: async (manager) => void limits.push(...(await manager.query<unknown[]>('SHOW statement_timeout'))),
    });
    await prepared.close();
    expect(limits).toEqual([{ statement_timeout: '0' }]);
  });
});
