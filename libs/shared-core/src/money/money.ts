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

/**
 * The whole units of an amount as clients write it: non-negative, at most 8 decimals.
 * Works on the decimal text, since `0.1 * 1e8` style arithmetic is not exact.
 * @throws AppError `validation_failed` when the amount is negative, finer than a unit, or 2²⁶ coins and more.
 */
export function toUnits(amount: number, pointer = ''): number {
  const match = amount < MAX_COINS ? DECIMAL.exec(plainDecimal(amount)) : null;
  if (!match) {
    throw new AppError('validation_failed', `${pointer}: ${AMOUNT_RULE}`, {
      fields: [{ pointer, message: AMOUNT_RULE }],
    });
  }
  return Number((match[1] ?? '') + (match[2] ?? '').padEnd(8, '0'));
}

/**
 * The amount as clients read it, a JSON number with at most 8 decimals; the nearest one for sums of 2²⁶ coins and more.
 * @throws RangeError when it is not a whole number of units.
 */
export function fromUnits(units: number): number {
  if (!Number.isSafeInteger(units)) throw new RangeError(`not a whole number of units: ${units}`);
  const digits = String(Math.abs(units)).padStart(9, '0');
  const amount = Number(`${digits.slice(0, -8)}.${digits.slice(-8)}`);
  return units < 0 ? -amount : amount;
}

/** Decimal text without an exponent, which `String(1e-7)` would have. */
function plainDecimal(amount: number): string {
  const text = String(amount);
  return text.includes('e-') ? amount.toFixed(20).replace(/0+$/, '') : text;
}
