import { startPostgres, type TestPostgres } from '@aitbc/shared-core/testing';
import { PostgresConnection } from '../backup/postgres-connection';
import { settleFeed } from './settle-feed';

let server: TestPostgres;
let database: PostgresConnection;
beforeAll(async () => {
  server = await startPostgres();
  database = await PostgresConnection.open(await server.createDatabase());
  await database.query('CREATE TABLE execution_events (execution_id text, seq integer, commit_xid bigint)');
  await database.query('CREATE TABLE webhook_feed (id integer, position text)');
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

/** Places of events after they were settled, by execution and number. */
async function settled(position: string | null): Promise<Record<string, number>> {
  await database.query('DELETE FROM execution_events');
  await database.query('DELETE FROM webhook_feed');
  await database.query('INSERT INTO webhook_feed VALUES (1, $1)', [position]);
  await database.query(
    `INSERT INTO execution_events VALUES ('a', 1, 5000000000), ('b', 1, 5000000000), ('b', 2, 5000000007), ('c', 1, 5000000009)`,
  );
  await settleFeed(database);
  const rows = await database.query<{ event: string; place: number }>(
    `SELECT execution_id || seq AS event, commit_xid AS place FROM execution_events`,
  );
  return Object.fromEntries(rows.map(({ event, place }) => [event, place]));
}

const position = async () =>
  (await database.query<{ position: string | null }>('SELECT position FROM webhook_feed'))[0];

it('gives all that is restored a place before every new event', async () => {
  expect(await settled(null)).toEqual({ a1: 0, b1: 0, b2: 0, c1: 0 });
  expect(await position()).toEqual({ position: null });
});

it.each([
  ['5000000000.a.1', { a1: 0, b1: 1, b2: 1, c1: 1 }],
  ['5000000007.b.2', { a1: 0, b1: 0, b2: 0, c1: 1 }],
  ['5000000007', { a1: 0, b1: 0, b2: 1, c1: 1 }],
])('lets webhooks go on where they were, at %s', async (place, expected) => {
  expect(await settled(place)).toEqual(expected);
  expect(await position()).toEqual({ position: '1' });
});
