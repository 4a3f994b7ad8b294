/** What drivers, sockets and TypeORM put on their errors. */
interface ErrorShape {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly driverError?: unknown;
  readonly cause?: unknown;
}

const MAX_DEPTH = 5;

/**
 * Of SQLite (https://sqlite.org/rescode.html): another process keeps the lock, or the system gave no disk, file or memory.
 * Not `SQLITE_CORRUPT`, `SQLITE_READONLY`, `SQLITE_NOTADB`: those stay until somebody mends them.
 */
const SQLITE_OUTAGES = new Set([
  ...['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL'],
  ...['SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_NOMEM'],
]);
/**
 * SQLSTATE classes (https://www.postgresql.org/docs/current/errcodes-appendix.html): 08 connection exception, 53
 * insufficient resources (too many connections, disk full), 57P the operator intervened (shut down, starting up), 58
 * system error.
 */
const POSTGRES_OUTAGES = /^(08|53|57P|58)/;
/** What `pg` and its pool say without any code when a connection breaks, or none is to be had. */
const WITHOUT_CODE =
  /^(Connection terminated|timeout expired|timeout exceeded when|Query read timeout|Client (has encountered|was closed))/;

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

/**
 * The database was not there, or could not serve at that moment: the same call may succeed later. What it refused, and
 * what is wrong with a statement, is none of this.
 */
export function isOutage(error: unknown): boolean {
  return chain(error).some(tellsOfOutage);
}

/** SQLite's driver gives the primary code only; the kind of constraint stands in the message. */
function isSqliteConstraint(error: unknown, kind: 'UNIQUE' | 'FOREIGN KEY'): boolean {
  const named = ({ message }: ErrorShape): boolean =>
    typeof message === 'string' && message.includes(`${kind} constraint failed`);
  return driverCode(error) === 'SQLITE_CONSTRAINT' && chain(error).some(named);
}

function tellsOfOutage({ code, syscall, message }: ErrorShape): boolean {
  if (typeof code !== 'string') return typeof message === 'string' && WITHOUT_CODE.test(message);
  // A socket's own errors (ECONNREFUSED, EPIPE, ENOTFOUND, …).
  if (typeof syscall === 'string' && /^E[A-Z_]+$/.test(code)) return true;
  return SQLITE_OUTAGES.has(code) || (isDriverCode(code) && POSTGRES_OUTAGES.test(code));
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
