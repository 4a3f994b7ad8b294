import { type DatabaseEngine, databaseTime } from '@aitbc/shared-core';

/**
 * Whose clock says what is due, and until when a lease holds. Machines that share a PostgreSQL have clocks of their own,
 * so there it is the database's; processes that share a SQLite file share a machine, and a test makes up its times.
 */
export type LeaseTime = 'caller' | 'database';

export function leaseTimeOf(engine: DatabaseEngine): LeaseTime {
  return engine === 'postgres' ? 'database' : 'caller';
}

/**
 * An expression: the caller's time, or the database's where the parameter is null. The sub-select is what lets an index
 * serve a comparison with it: evaluated row by row, a clock that moves on could not be looked up.
 */
export function nowOr(engine: DatabaseEngine, parameter: string): string {
  return `COALESCE(CAST(${parameter} AS bigint), (SELECT ${databaseTime(engine)}))`;
}
