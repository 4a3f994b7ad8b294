/** So much of something, at a price in units of 10⁻⁸ coin. */
export interface PricedQuantity {
  /** A whole number: tokens, or microseconds. */
  readonly quantity: number;
  /** Units for a million of it. */
  readonly price: number;
}

/** A million tokens, or the microseconds of a second. */
const PRICED_TOGETHER = 1_000_000n;

/**
 * What quantities cost together, in whole units: prices are for a million tokens, or for a second of which the
 * quantities are microseconds. The sum is exact, and is rounded once, half a unit up: the cost is never off by more than
 * half a unit (5·10⁻⁹ coin), and what is bought in many parts costs on average what it would cost as a whole.
 * It grows with each quantity, so that the cost of the most that may be used is the most that may be charged.
 * @throws RangeError for what is no whole number, negative, or no safe integer as a result
 */
export function costOf(uses: readonly PricedQuantity[]): number {
  const exact = uses.reduce((sum, { quantity, price }) => sum + whole(quantity) * whole(price), 0n);
  return roundedQuotient(exact, PRICED_TOGETHER);
}

/** The mean of amounts, to the nearest unit; of none it is 0. */
export function meanUnits(amounts: readonly number[]): number {
  if (amounts.length === 0) return 0;
  const sum = amounts.reduce((total, amount) => total + whole(amount), 0n);
  return roundedQuotient(sum, BigInt(amounts.length));
}

/** Of two numbers that are not negative, halves rounded up. */
function roundedQuotient(dividend: bigint, divisor: bigint): number {
  const quotient = (2n * dividend + divisor) / (2n * divisor);
  if (quotient > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError(`more than can be paid: ${quotient} units`);
  return Number(quotient);
}

function whole(value: number): bigint {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a whole number: ${value}`);
  return BigInt(value);
}
