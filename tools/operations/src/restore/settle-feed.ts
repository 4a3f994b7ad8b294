import type { StoredDatabase } from '../backup/stored-database';

/**
 * Makes the feed of events go on in another cluster of PostgreSQL. Its places are ids of transactions, which mean nothing
 * there: new events would stand before restored ones, or in the middle of them. So all that is restored gets places before
 * every id that a cluster gives (they begin at 3): 0 for what webhooks were told of, and 1 for what they have still to be told.
 */
export async function settleFeed(database: StoredDatabase): Promise<void> {
  const [feed] = await database.query<{ position: string | null }>('SELECT position FROM webhook_feed WHERE id = 1');
  const [place, execution, seq] = feed?.position?.split('.') ?? [];
  if (place === undefined) {
    await database.query('UPDATE execution_events SET commit_xid = 0');
    return;
  }
  await database.query(
    `UPDATE execution_events SET commit_xid =
       CASE WHEN (commit_xid, execution_id, seq) > ($1::bigint, $2::text, $3::integer) THEN 1 ELSE 0 END`,
    [place, execution ?? '', seq ?? '0'],
  );
  await database.query(`UPDATE webhook_feed SET position = '1' WHERE id = 1`);
}
