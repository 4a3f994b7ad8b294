/** An error for a log line: its own properties are not enumerable, so JSON would show `{}`. Causes are included. */
export function describeError(error: Error): Readonly<Record<string, unknown>> {
  const { name, message, stack, cause } = error;
  return { name, message, ...codeOf(error), stack, ...(cause === undefined ? {} : { cause }) };
}

/** `ECONNREFUSED`, `SQLITE_BUSY`, `not_found`: what one searches a log for. */
function codeOf(error: Error): { code?: unknown } {
  return 'code' in error ? { code: error.code } : {};
}
