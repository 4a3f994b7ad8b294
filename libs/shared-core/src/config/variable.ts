import { EnvError, makeExactValidator, ValidatorSpec } from 'envalid';
import { isNetwork } from '../http-client/address-guard';
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
export const wordList = makeExactValidator<readonly string[]>(wordsOf);

/** Networks in CIDR notation (`10.1.0.0/16`, `fd00::/8`), separated by commas. */
export const networkList = makeExactValidator<readonly string[]>((input) => {
  const networks = wordsOf(input);
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined) throw new EnvError(`'${wrong}' is not a network such as 10.1.0.0/16`);
  return networks;
});

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Times such as `500ms`, `5s`, `2h`, separated by commas; in milliseconds. At least one, each of 1 ms to 30 days. */
export const durationList = makeExactValidator<readonly number[]>((input) => {
  const durations = wordsOf(input).map(millisecondsOf);
  if (durations.length === 0) throw new EnvError('it names no time');
  return durations;
});

function millisecondsOf(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  const ms = Number(digits) * (UNITS_MS[unit] ?? NaN);
  if (!(ms >= 1 && ms <= 30 * 86_400_000)) throw new EnvError(`'${text}' is not a time such as 5s, of 1ms to 30d`);
  return ms;
}

function wordsOf(input: string): string[] {
  return input
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** A number from 0 to 1. */
export const ratio = makeExactValidator<number>((input) => {
  const value = /^\d{1,10}(\.\d{1,15})?$/.test(input) ? Number(input) : NaN;
  if (!(value <= 1)) throw new EnvError(`'${input}' is not a number from 0 to 1`);
  return value;
});

/** `name=value,…`, percent-encoded (W3C Baggage without properties); messages never quote it: a value may be a key. */
export const nameValueList = makeExactValidator<Readonly<Record<string, string>>>((input) => {
  const pairs = input.split(',').filter((pair) => pair.trim() !== '');
  return Object.fromEntries(pairs.map(nameAndValue));
});

function nameAndValue(pair: string): [name: string, value: string] {
  const [, name = '', value = ''] = /^\s*([^\s=]+)\s*=(.*)$/s.exec(pair) ?? [];
  if (name === '') throw new EnvError('it has a part that is not name=value');
  try {
    return [decodeURIComponent(name), decodeURIComponent(value.trim())];
  } catch {
    throw new EnvError('it has a part that is not percent-encoded');
  }
}
