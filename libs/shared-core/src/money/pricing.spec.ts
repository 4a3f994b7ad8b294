import fc from 'fast-check';
import { MAX_COINS, textOfUnits, UNITS_PER_COIN, unitsOfText } from './money';
import { costOf, meanUnits } from './pricing';
import { parseTokenPrices, type TokenPrice } from './token-prices';

const units = fc.integer({ min: 0, max: MAX_COINS * UNITS_PER_COIN - 1 });
const quantity = fc.integer({ min: 0, max: 1_000_000_000 });
/** Up to 1,000 coins for a million tokens: no sum of three leaves the safe integers. */
const price = fc.integer({ min: 0, max: 1_000 * UNITS_PER_COIN });
const use = fc.record({ quantity, price });

describe('amounts as decimal text', () => {
  it('are the same amount there and back', () => {
    fc.assert(
      fc.property(units, (amount) => {
        const text = textOfUnits(amount);
        expect(text).toMatch(/^\d+(\.\d{0,7}[1-9])?$/);
        expect(unitsOfText(text)).toBe(amount);
      }),
      { numRuns: 5_000 },
    );
  });

  it('may have zeros that say nothing', () => {
    fc.assert(
      fc.property(units, (amount) => {
        const digits = String(amount).padStart(9, '0');
        expect(unitsOfText(`00${digits.slice(0, -8)}.${digits.slice(-8)}`)).toBe(amount);
      }),
    );
  });

  it.each([
    ['0.00000001', 1],
    ['0.1', 10_000_000],
    ['2.50', 250_000_000],
    ['67108863.99999999', MAX_COINS * UNITS_PER_COIN - 1],
  ])('%s is %d units', (text, amount) => expect(unitsOfText(text)).toBe(amount));

  it.each(['', '-1', '+1', '1.', '.5', '1e3', '0x1', ' 1', '1,5', '0.000000001', '67108864', '9'.repeat(400), 'NaN'])(
    'do not come from %j',
    (text) => expect(unitsOfText(text)).toBeUndefined(),
  );
});

describe('what quantities cost', () => {
  /** Twice the cost in millionths of a unit: what a rounded one is compared with, without a division. */
  const exact = (uses: readonly { quantity: number; price: number }[]) =>
    uses.reduce((sum, each) => sum + BigInt(each.quantity) * BigInt(each.price), 0n);

  it('is the exact sum, rounded once: half a unit is rounded up', () => {
    fc.assert(
      fc.property(fc.array(use, { maxLength: 3 }), (uses) => {
        const error = BigInt(costOf(uses)) * 1_000_000n - exact(uses);
        expect(error > -500_000n && error <= 500_000n).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(costOf([{ quantity: 1, price: 500_000 }])).toBe(1);
    expect(costOf([{ quantity: 1, price: 499_999 }])).toBe(0);
    expect(
      costOf([
        { quantity: 1, price: 499_999 },
        { quantity: 1, price: 1 },
      ]),
    ).toBe(1);
  });

  it('never is more for less, so that an estimate by the most is an upper bound', () => {
    fc.assert(
      fc.property(use, quantity, (most, less) => {
        const used = { ...most, quantity: Math.min(most.quantity, less) };
        expect(costOf([used])).toBeLessThanOrEqual(costOf([most]));
      }),
    );
  });

  it('is exact where floating point is not', () => {
    const [quantity, price] = [405_174_041, 69_243_965_850];
    expect(Math.round((quantity * price) / 1e6)).toBe(28_055_857_458_311);
    expect(costOf([{ quantity, price }])).toBe(28_055_857_458_310);
  });

  it('refuses what cannot be counted or paid', () => {
    for (const quantity of [-1, 0.5, NaN, 2 ** 53]) expect(() => costOf([{ quantity, price: 1 }])).toThrow(RangeError);
    expect(() => costOf([{ quantity: 1, price: 0.1 }])).toThrow(RangeError);
    expect(() => costOf([{ quantity: 1_000_000_000, price: MAX_COINS * UNITS_PER_COIN - 1 }])).toThrow(/be paid/);
  });

  it('has a mean in whole units', () => {
    expect(meanUnits([])).toBe(0);
    expect(meanUnits([1, 2])).toBe(2);
    expect(meanUnits([1, 1, 2])).toBe(1);
    expect(meanUnits(Array.from({ length: 20 }, () => Number.MAX_SAFE_INTEGER))).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('a table of token prices', () => {
  const model = fc.stringMatching(/^[A-Za-z0-9._:/@-][A-Za-z0-9._:/@=-]{0,20}[A-Za-z0-9]$/);
  const tokenPrice: fc.Arbitrary<TokenPrice> = fc.record({ input: units, output: units });

  it('is read exactly, whatever the names', () => {
    const tables = fc.dictionary(model, tokenPrice, { maxKeys: 5 });
    fc.assert(
      fc.property(tables, (table) => {
        const entries = Object.entries(table);
        const text = entries.map(([name, { input, output }]) => `${name}=${textOfUnits(input)}/${textOfUnits(output)}`);
        expect(parseTokenPrices(text.join(' , '))).toEqual(new Map(entries));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['tiny', /not model=input\/output/],
    ['tiny=1', /not model=input\/output/],
    ['=1/2', /not model=input\/output/],
    ['tiny=1/-2', /not model=input\/output/],
    ['tiny=1/2/3', /is not an amount|not model/],
    ['tiny=0.000000001/2', /'0.000000001' in 'tiny=0.000000001\/2' is not an amount/],
    ['tiny=67108864/2', /below 67,108,864/],
    ['tiny=1/2,tiny=1/2', /'tiny' has two prices/],
  ])('is refused: %s', (text, message) => expect(() => parseTokenPrices(text)).toThrow(message));
});
