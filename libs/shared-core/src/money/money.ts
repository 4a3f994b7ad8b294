import { AppError } from '../errors/app-error';

/** One unit of money is 10⁻⁸ of the currency; amounts inside the platform are whole units only. */
export const UNITS_PER_COIN = 100_000_000;

const DECIMAL = /^(\d+)(?:\.(\d{1,8}))?$/;

/**
 * The whole units of an amount as clients write it: non-negative, at most 8 decimals.
 * Works on the decimal text, since `0.1 * 1e8` style arithmetic is not exact.
 * @throws AppError `validation_failed` when the amount is negative, finer than a unit, or above 9·10¹⁵ units.
 */
export function toUnits(amount: number, pointer = ''): number {
  const match = DECIMAL.exec(plainDecimal(amount));
  const units = match ? Number((match[1] ?? '') + (match[2] ?? '').padEnd(8, '0')) : NaN;
  if (!Number.isSafeInteger(units)) {
    const message = 'must be a non-negative amount with at most 8 decimals, below 90,000,000';
    throw new AppError('validation_failed', `${pointer}: ${message}`, { fields: [{ pointer, message }] });
  }
  return units;
}

/** The amount as clients read it, a JSON number with at most 8 decimals. */
export function fromUnits(units: number): number {
  const digits = String(Math.abs(units)).padStart(9, '0');
  const amount = Number(`${digits.slice(0, -8)}.${digits.slice(-8)}`);
  return units < 0 ? -amount : amount;
}

/** Decimal text without an exponent, which `String(1e-7)` would have. */
function plainDecimal(amount: number): string {
  const text = String(amount);
  return text.includes('e-') ? amount.toFixed(20).replace(/0+$/, '') : text;
}
