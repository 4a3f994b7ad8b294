/** The driver's code of an error: `SQLITE_CONSTRAINT`, `40001`, …; looks through wrappers. */
export function driverCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code, driverError } = at as Error & { code?: unknown; driverError?: { code?: unknown } };
    const found = driverError?.code ?? code;
    if (typeof found === 'string' && isDriverCode(found)) return found;
  }
  return undefined;
}

/** SQLite's names, or the five characters of a PostgreSQL SQLSTATE. `AppError` has codes of its own. */
function isDriverCode(code: string): boolean {
  return code.startsWith('SQLITE_') || /^[0-9A-Z]{5}$/.test(code);
}

/** A primary key or unique index refused the row, on either engine. */
export function isUniqueViolation(error: unknown): boolean {
  const code = driverCode(error);
  return code === '23505' || (code === 'SQLITE_CONSTRAINT' && constraintMessage(error, 'UNIQUE'));
}

/** A foreign key refused the change, on either engine. */
export function isForeignKeyViolation(error: unknown): boolean {
  const code = driverCode(error);
  return code === '23503' || (code === 'SQLITE_CONSTRAINT' && constraintMessage(error, 'FOREIGN KEY'));
}

/** SQLite's driver gives the primary code only; the kind of constraint stands in the message. */
function constraintMessage(error: unknown, kind: 'UNIQUE' | 'FOREIGN KEY'): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at.message.includes(`${kind} constraint failed`)) return true;
  }
  return false;
}
