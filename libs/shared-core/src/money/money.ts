import { AppError } from '../errors/app-error';

/** One unit of money is 10⁻⁸ of the currency; amounts inside the platform are whole units only. */
export const UNITS_PER_COIN = 100_000_000;

/**
 * Amounts at the edge are below 2²⁶ coins: from there on two amounts that differ by one unit can be the same JSON number
 * (a double), so that it could not be told which one was meant.
 */
export const MAX_COINS = 67_108_864;

/** The rule that {@link toUnits} applies, in words. */
export const AMOUNT_RULE = 'must be a non-negative amount with at most 8 decimals, below 67,108,864';

const DECIMAL = /^(\d+)(?:\.(\d{1,8}))?$/;
/** The first amount that is too large, in units: 2²⁶ coins. */
const UNITS_LIMIT = MAX_COINS * UNITS_PER_COIN;

/**
 * The whole units of an amount as clients write it: non-negative, at most 8 decimals.
 * Works on the decimal text, since `0.1 * 1e8` style arithmetic is not exact.
 * @throws AppError `validation_failed` when the amount is negative, finer than a unit, or 2²⁶ coins and more.
 */
export function toUnits(amount: number, pointer = ''): number {
  const units = amount < MAX_COINS ? wholeUnits(plainDecimal(amount)) : undefined;
  if (units === undefined) {
    throw new AppError('validation_failed', `${pointer}: ${AMOUNT_RULE}`, {
      fields: [{ pointer, message: AMOUNT_RULE }],
    });
  }
  return units;
}

/**
 * The whole units of an amount that is written as decimal text (`0.15`): what an operator configures never becomes a
 * floating-point number on its way.
 * @returns `undefined` for any other text, for more than 8 decimals, and for 2²⁶ coins and more
 */
export function unitsOfText(text: string): number | undefined {
  const units = wholeUnits(text);
  return units !== undefined && units < UNITS_LIMIT ? units : undefined;
}

/** The amount as decimal text without an exponent, and without zeros that say nothing: the inverse of {@link unitsOfText}. */
export function textOfUnits(units: number): string {
  const digits = digitsOf(units);
  const decimals = digits.slice(-8).replace(/0+$/, '');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -8)}${decimals === '' ? '' : `.${decimals}`}`;
}

/**
 * The amount as clients read it, a JSON number with at most 8 decimals; the nearest one for sums of 2²⁶ coins and more.
 * @throws RangeError when it is not a whole number of units.
 */
export function fromUnits(units: number): number {
  const digits = digitsOf(units);
  const amount = Number(`${digits.slice(0, -8)}.${digits.slice(-8)}`);
  return units < 0 ? -amount : amount;
}

/** At least 9 digits, the last 8 of which are the decimals of the coin. */
function digitsOf(units: number): string {
  if (!Number.isSafeInteger(units)) throw new RangeError(`not a whole number of units: ${units}`);
  return String(Math.abs(units)).padStart(9, '0');
}

/** By the decimal text: no rounding, however large; `undefined` when it is no amount, or no safe integer. */
function wholeUnits(text: string): number | undefined {
  const match = DECIMAL.exec(text);
  const units = match ? Number((match[1] ?? '') + (match[2] ?? '').padEnd(8, '0')) : NaN;
  return Number.isSafeInteger(units) ? units : undefined;
}

/** Decimal text without an exponent, which `String(1e-7)` would have. */
function plainDecimal(amount: number): string {
  const text = String(amount);
  return text.includes('e-') ? amount.toFixed(20).replace(/0+$/, '') : text;
}
