import { EnvError, makeExactValidator, ValidatorSpec } from 'envalid';
import { AMOUNT_RULE, unitsOfText } from '../money/money';
import { parseTokenPrices, type TokenPrices } from '../money/token-prices';

export type VariableSpecs = Readonly<Record<string, ValidatorSpec<unknown>>>;

/** Text of at least `min` characters; messages never quote it, since it may be a secret. */
export const secret = (min: number) =>
  makeExactValidator<string>((input) => {
    if (input.length < min) throw new EnvError(`it has ${input.length} characters, fewer than ${min}`);
    return input;
  });

/** A whole number of a range, in decimal digits. */
export const wholeNumber = (min: number, max: number) =>
  makeExactValidator<number>((input) => {
    const value = /^\d{1,15}$/.test(input) ? Number(input) : NaN;
    if (!(value >= min && value <= max)) throw new EnvError(`'${input}' is not a whole number from ${min} to ${max}`);
    return value;
  });

/** One of a few words. */
export const oneOfWords = <const W extends string>(...words: readonly W[]) =>
  makeExactValidator<W>((input) => {
    const word = words.find((candidate) => candidate === input);
    if (word === undefined) throw new EnvError(`'${input}' is not one of ${words.join(', ')}`);
    return word;
  });

/** An absolute http or https URL, without a slash at its end. */
export const httpUrl = makeExactValidator<string>((input) => {
  const url = URL.canParse(input) ? new URL(input) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new EnvError('it is not an http or https URL');
  return input.replace(/\/+$/, '');
});

/** `sqlite:<path>` or a PostgreSQL URL; messages never quote it, since it may hold a password. */
export const databaseUrl = makeExactValidator<string>((input) => {
  if (/^sqlite:.+/.test(input)) return input;
  if (/^postgres(ql)?:\/\//.test(input) && URL.canParse(input)) return input;
  throw new EnvError('it is neither sqlite:<path> nor a postgres:// URL');
});

/** An amount in coins, as decimal text; its value is in units of 10⁻⁸ coin. */
export const coins = makeExactValidator<number>((input) => {
  const units = unitsOfText(input);
  if (units === undefined) throw new EnvError(`'${input}' ${AMOUNT_RULE}`);
  return units;
});

/** `model=input/output` for each model, separated by commas; in coins for a million tokens. */
export const tokenPrices = makeExactValidator<TokenPrices>((input) => {
  try {
    return parseTokenPrices(input);
  } catch (error) {
    throw new EnvError(error instanceof Error ? error.message : String(error));
  }
});

/** Words separated by commas. */
export const wordList = makeExactValidator<readonly string[]>((input) =>
  input
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);
