import type { Pool, PoolClient } from 'pg';
import type { ExpectedStatement } from '../database';
import { commitUnknown } from '../database-errors';
import { gather } from '../gather';
import type { Counters } from '../unit-counters';
import type { UnitKind } from '../unit-of-work';
import { oneStatement } from './one-statement';
import { type ConnectionUse, onConnection } from './on-connection';
import { hasAnswered } from './postgres-writer';
import { queryPrepared } from './prepared';

/** Pools whose sessions begin a transaction with the isolation of each kind of unit. */
export type PoolOf = Readonly<Record<UnitKind, Pool>>;

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
    const { written, lost } = await onConnection(this.pools[kind], (client) => this.write(client, build));
    if (lost) throw commitUnknown(lost.cause);
    if (!written) return false;
    this.counters.batches += 1;
    this.counters.unitsCommitted += 1;
    return true;
  }

  private async write(client: PoolClient, build: () => readonly ExpectedStatement[] | undefined): Promise<Outcome> {
    try {
      const statements = built(build);
      if (!statements) return { written: false, broken: false };
      const { sql, parameters } = oneStatement(statements);
      await queryPrepared(client, sql, parameters);
      return { written: true, broken: false };
    } catch (cause) {
      // An answer of the server says that it wrote nothing; no answer says nothing.
      return hasAnswered(cause) ? { written: false, broken: false } : { written: false, broken: true, lost: { cause } };
    }
  }
}

interface Outcome extends ConnectionUse {
  readonly written: boolean;
  /** The connection broke, so that nobody knows. */
  readonly lost?: { readonly cause: unknown };
}

/** `undefined` also when it cannot be built: the unit of work that comes instead will say why. */
function built(build: () => readonly ExpectedStatement[] | undefined): readonly ExpectedStatement[] | undefined {
  try {
    return build();
  } catch {
    return undefined;
  }
}
