import { type DatabaseEngine, databaseTime } from '@aitbc/shared-core';

/** What the job statements say differently on the two engines. */
export interface Dialect {
  /** The database's clock in whole milliseconds: leases must not depend on the clocks of several application hosts. */
  readonly now: string;
  /** A `FROM` item over a JSON array of texts, with columns `value` and `position` (from 1). */
  readonly texts: (json: string, alias: string) => string;
  /** A `FROM` item over a JSON array of objects, with column `value` for `->>`. */
  readonly objects: (json: string, alias: string) => string;
  /** Ends the inner `SELECT` of an update, so that concurrent transactions take different rows instead of waiting. */
  readonly skipLocked: (alias: string) => string;
  /** Ends a `SELECT` that makes others wait for this unit; SQLite has one writer anyway. */
  readonly forUpdate: string;
}

const sqlite: Dialect = {
  now: databaseTime('sqlite'),
  texts: (json, alias) => `(SELECT value, key + 1 AS position FROM json_each(${json})) AS ${alias}`,
  objects: (json, alias) => `json_each(${json}) AS ${alias}`,
  skipLocked: () => '',
  forUpdate: '',
};

const postgres: Dialect = {
  now: databaseTime('postgres'),
  texts: (json, alias) =>
    `jsonb_array_elements_text(CAST(${json} AS jsonb)) WITH ORDINALITY AS ${alias}(value, position)`,
  objects: (json, alias) => `jsonb_array_elements(CAST(${json} AS jsonb)) AS ${alias}(value)`,
  skipLocked: (alias) => `FOR UPDATE OF ${alias} SKIP LOCKED`,
  forUpdate: 'FOR UPDATE',
};

export function dialectOf(engine: DatabaseEngine): Dialect {
  return engine === 'sqlite' ? sqlite : postgres;
}
