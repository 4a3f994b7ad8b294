import { Client } from 'pg';
import { type CrashablePostgres, startCrashablePostgres } from './postgres';

let postgres: CrashablePostgres;
beforeAll(async () => {
  postgres = await startCrashablePostgres();
}, 60_000);
afterAll(() => postgres.stop());

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

it('cuts connections when it is restarted, and has kept what was committed', async () => {
  const url = await postgres.createDatabase();
  const connected = new Client({ connectionString: url });
  const cut = new Promise((resolve) => connected.once('error', resolve));
  await connected.connect();
  await connected.query('CREATE TABLE kept AS SELECT 42 AS answer');
  await connected.query('BEGIN; INSERT INTO kept VALUES (43)');
  await postgres.restart();
  expect(await cut).toBeInstanceOf(Error);
  expect(await query(url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});
