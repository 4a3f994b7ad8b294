import { MAX_COINS, unitsOfText } from './money';

/** What a model's tokens cost, in units of 10⁻⁸ coin for a million of them. */
export interface TokenPrice {
  /** Of what it reads. */
  readonly input: number;
  /** Of what it writes. */
  readonly output: number;
}

/** By the name of the model. */
export type TokenPrices = ReadonlyMap<string, TokenPrice>;

/**
 * Reads `model=input/output, model=input/output`: coins for a million tokens, as decimal text. A name may hold `=`, `/`
 * and `:` (`org/model:free=0/0`), but neither commas nor spaces.
 * @throws RangeError that says which entry is wrong, and why
 */
export function parseTokenPrices(text: string): TokenPrices {
  const entries = text.split(',').map((entry) => entry.trim());
  const prices = new Map<string, TokenPrice>();
  for (const entry of entries.filter((each) => each !== '')) {
    const [model, price] = parseEntry(entry);
    if (prices.has(model)) throw new RangeError(`'${model}' has two prices`);
    prices.set(model, price);
  }
  return prices;
}

/** The last `=` is the one before the prices. */
const ENTRY = /^(\S+)\s*=\s*([\d.]+)\s*\/\s*([\d.]+)$/;

function parseEntry(entry: string): [model: string, price: TokenPrice] {
  const [, model, read = '', written = ''] = ENTRY.exec(entry) ?? [];
  if (model === undefined) throw new RangeError(`'${entry}' is not model=input/output`);
  return [model, { input: unitsIn(read, entry), output: unitsIn(written, entry) }];
}

function unitsIn(text: string, entry: string): number {
  const units = unitsOfText(text);
  if (units !== undefined) return units;
  const limit = MAX_COINS.toLocaleString('en');
  throw new RangeError(`'${text}' in '${entry}' is not an amount with at most 8 decimals below ${limit}`);
}
