import { ValidateBy } from 'class-validator';
import { AMOUNT_RULE, toUnits } from '../../money/money';
import { isJsonObject } from './instantiate';

/** Any JSON object, kept as it came. */
export function IsJsonObject(): PropertyDecorator {
  return rule('isJsonObject', isJsonObject, 'must be an object');
}

/** Any JSON value but an absent one. */
export function IsJsonValue(): PropertyDecorator {
  return rule('isJsonValue', (value) => value !== undefined, 'must be a JSON value');
}

/** An amount in coins: a JSON number, not negative, at most 8 decimals. `toUnits` gives its units. */
export function IsMoney(): PropertyDecorator {
  return rule('isMoney', isMoney, AMOUNT_RULE);
}

/** RFC 3339 with a zone, as `2026-01-31T09:15:00.000Z`. `Date.parse` gives its milliseconds. */
export function IsInstant(): PropertyDecorator {
  return rule('isInstant', isInstant, 'must be an RFC 3339 time, such as 2026-01-31T09:15:00.000Z');
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && RFC_3339.test(value) && !Number.isNaN(Date.parse(value));
}

function isMoney(value: unknown): boolean {
  if (typeof value !== 'number') return false;
  try {
    toUnits(value);
    return true;
  } catch {
    return false;
  }
}

function rule(name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator {
  return ValidateBy({ name, validator: { validate, defaultMessage: () => message } });
}
