/** The driver rounds a 64-bit integer beyond 2⁵³ in silence; money must not be rounded. Throws a `RangeError` instead. */
export function safeRows(rows: object[]): object[] {
  for (const row of rows) {
    for (const [column, value] of Object.entries(row) as [string, unknown][]) {
      if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
        throw new RangeError(`column ${column} holds a whole number beyond 2^53: ${value}`);
      }
    }
  }
  return rows;
}
