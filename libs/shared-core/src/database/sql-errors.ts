/** What drivers and TypeORM put on their errors. */
interface ErrorShape {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly driverError?: unknown;
  readonly cause?: unknown;
}

const MAX_DEPTH = 5;

/** The driver's code of an error: `SQLITE_CONSTRAINT`, `40001`, …; looks through wrappers. */
export function driverCode(error: unknown): string | undefined {
  for (const { code } of chain(error)) {
    if (typeof code === 'string' && isDriverCode(code)) return code;
  }
  return undefined;
}

/** A primary key or unique index refused the row, on either engine. */
export function isUniqueViolation(error: unknown): boolean {
  return driverCode(error) === '23505' || isSqliteConstraint(error, 'UNIQUE');
}

/** A foreign key refused the change, on either engine. */
export function isForeignKeyViolation(error: unknown): boolean {
  return driverCode(error) === '23503' || isSqliteConstraint(error, 'FOREIGN KEY');
}

/** SQLite's driver gives the primary code only; the kind of constraint stands in the message. */
function isSqliteConstraint(error: unknown, kind: 'UNIQUE' | 'FOREIGN KEY'): boolean {
  const named = ({ message }: ErrorShape): boolean =>
    typeof message === 'string' && message.includes(`${kind} constraint failed`);
  return driverCode(error) === 'SQLITE_CONSTRAINT' && chain(error).some(named);
}

/** SQLite's names, or the five characters of a PostgreSQL SQLSTATE. `AppError` has codes of its own. */
function isDriverCode(code: string): boolean {
  return code.startsWith('SQLITE_') || /^[0-9A-Z]{5}$/.test(code);
}

/** The error and what caused it. By shape: an error of a native driver is no `instanceof` another realm's `Error`. */
function chain(error: unknown): ErrorShape[] {
  const links: ErrorShape[] = [];
  let at: unknown = error;
  while (typeof at === 'object' && at !== null && links.length < MAX_DEPTH) {
    const link: ErrorShape = at;
    links.push(link);
    at = link.driverError ?? link.cause;
  }
  return links;
}
