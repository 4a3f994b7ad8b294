import type pg from 'pg';
import type { ExpectedStatement } from '../database';
import { commitUnknown, databaseUnavailable } from '../database-errors';
import { gather } from '../gather';
import type { Counters } from '../unit-counters';
import type { UnitKind } from '../unit-of-work';
import { oneStatement } from './one-statement';
import { hasAnswered } from './postgres-writer';
import { queryPrepared } from './prepared';

/** Pools whose sessions begin a transaction with the isolation of each kind of unit. */
export type PoolOf = Readonly<Record<UnitKind, pg.Pool>>;

/**
 * Transactions that are known beforehand: one statement outside of any transaction is one by itself, in a single trip
 * instead of one for each statement, one to begin and one to commit. It is not tried again: the unit of work that the
 * caller goes on to will be.
 */
export class PostgresAtOnce {
  constructor(
    private readonly pools: PoolOf,
    private readonly counters: Counters,
  ) {}

  /** See `Database.writeAtOnce`. */
  async run(kind: UnitKind, build: () => readonly ExpectedStatement[] | undefined): Promise<boolean> {
    await gather();
    const client = await this.pools[kind].connect().catch((cause: unknown) => {
      throw databaseUnavailable(cause);
    });
    // A connection that breaks tells the query in flight as well; without a listener it would end the process.
    const ignore = (): void => undefined;
    client.on('error', ignore);
    let broken = false;
    try {
      const statements = built(build);
      if (!statements) return false;
      const { sql, parameters } = oneStatement(statements);
      await queryPrepared(client, sql, parameters);
      this.counters.batches += 1;
      this.counters.unitsCommitted += 1;
      return true;
    } catch (cause) {
      // An answer of the server says that it wrote nothing; no answer says nothing.
      if (hasAnswered(cause)) return false;
      broken = true;
      throw commitUnknown(cause);
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  }
}

/** `undefined` also when it cannot be built: the unit of work that comes instead will say why. */
function built(build: () => readonly ExpectedStatement[] | undefined): readonly ExpectedStatement[] | undefined {
  try {
    return build();
  } catch {
    return undefined;
  }
}
