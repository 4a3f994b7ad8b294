import type { Pool, PoolClient } from 'pg';
import { databaseUnavailable } from '../database-errors';

/** How a use of a connection ended. */
export interface ConnectionUse {
  /** The connection is not fit for another use. */
  readonly broken: boolean;
}

/**
 * Gives `use` a connection of the pool, and gives it back.
 * @param use never rejects
 * @throws AppError `dependency_unavailable` when there is none to be had
 */
export async function onConnection<Use extends ConnectionUse>(
  pool: Pool,
  use: (client: PoolClient) => Promise<Use>,
): Promise<Use> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw databaseUnavailable(cause);
  });
  // A connection that breaks tells the query in flight as well; without a listener it would end the process.
  const ignore = (): void => undefined;
  client.on('error', ignore);
  const ended = await use(client);
  client.off('error', ignore);
  client.release(ended.broken);
  return ended;
}
