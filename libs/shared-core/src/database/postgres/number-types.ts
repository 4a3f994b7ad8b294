import { types } from 'pg';

const INT8 = 20;
const NUMERIC = 1700;

/**
 * Reads 64-bit integers, and the `numeric` that SUM makes of them, as numbers, as SQLite does; the driver would give
 * text. A whole number beyond 2⁵³ is refused with a `RangeError`: money must not be rounded.
 */
export const NUMBER_TYPES = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    const wanted = format !== 'binary' && (oid === INT8 || oid === NUMERIC);
    return wanted ? parseSafeNumber : (types.getTypeParser(oid, format ?? 'text') as unknown);
  },
};

function parseSafeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new RangeError(`a column holds a whole number beyond 2^53: ${text}`);
  }
  return value;
}
