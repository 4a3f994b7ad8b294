import fc from 'fast-check';
import { AppError } from '../errors/app-error';
import { fromUnits, MAX_COINS, toUnits, UNITS_PER_COIN } from './money';

/** Every amount that the edge takes, in units. */
const units = fc.integer({ min: 0, max: MAX_COINS * UNITS_PER_COIN - 1 });

describe('money', () => {
  it('is exact there and back, and through JSON, for every amount', () => {
    fc.assert(
      fc.property(units, (amount) => {
        const json = JSON.stringify(fromUnits(amount));
        expect(toUnits(JSON.parse(json) as number)).toBe(amount);
      }),
      { numRuns: 5_000 },
    );
  });

  it('tells neighbouring amounts apart up to the limit', () => {
    fc.assert(fc.property(units, (amount) => expect(fromUnits(amount)).not.toBe(fromUnits(amount + 1))));
    const last = MAX_COINS * UNITS_PER_COIN - 1;
    expect(toUnits(fromUnits(last))).toBe(last);
  });

  it('adds up where floating point does not', () => {
    expect(0.1 + 0.2).not.toBe(0.3);
    expect(fromUnits(toUnits(0.1) + toUnits(0.2))).toBe(0.3);
  });

  it.each([
    [0, 0],
    [-0, 0],
    [1e-8, 1],
    [1.1e-7, 11],
    [0.07, 7_000_000],
    [1.00000001, 100_000_001],
    [67_108_863.99999999, 6_710_886_399_999_999],
  ])('%d is %d units', (amount, expected) => expect(toUnits(amount)).toBe(expected));

  it.each([-1, -1e-9, 1e-9, 0.123456789, 67_108_864, 1e21, 1e-30, NaN, Infinity])(
    'refuses %d, with its pointer',
    (amount) => {
      let refusal: unknown;
      try {
        toUnits(amount, '/price');
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toBeInstanceOf(AppError);
      expect(refusal).toMatchObject({ code: 'validation_failed', fields: [{ pointer: '/price' }] });
    },
  );

  it('shows negative differences, and refuses parts of units', () => {
    expect(fromUnits(-1)).toBe(-1e-8);
    expect(() => fromUnits(0.5)).toThrow(RangeError);
    expect(() => fromUnits(2 ** 53)).toThrow(RangeError);
  });
});
