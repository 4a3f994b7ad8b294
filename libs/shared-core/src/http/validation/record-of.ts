import 'reflect-metadata';
import { ValidateBy } from 'class-validator';

export interface RecordOptions {
  /** What every key must match. */
  readonly key: RegExp;
  /** Most entries. */
  readonly max: number;
  /** Fewest entries; default 0. */
  readonly min?: number;
}

interface RecordRule {
  readonly type: () => new () => object;
}

const RULE = Symbol('aitbc:record-of');

/**
 * A map from keys to DTOs, such as `steps: {<id>: Step}`. Each entry is validated as a DTO of its own, and its errors
 * point into it (`/steps/fetch/name`); bad keys are named.
 */
export function RecordOf(type: () => new () => object, options: RecordOptions): PropertyDecorator {
  const check = ValidateBy({
    name: 'recordOf',
    constraints: [type, options],
    validator: {
      validate: (value: unknown) => problemOf(value, options) === undefined,
      defaultMessage: (args) => problemOf(args?.value, options) ?? 'is not valid',
    },
  });
  return (target, property) => {
    Reflect.defineMetadata(RULE, { type } satisfies RecordRule, target, property);
    check(target, property);
  };
}

export function recordRuleOf(dto: object, property: string): RecordRule | undefined {
  return Reflect.getMetadata(RULE, dto, property) as RecordRule | undefined;
}

function problemOf(value: unknown, { key, min = 0, max }: RecordOptions): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'must be an object';
  const keys = Object.keys(value);
  if (keys.length < min || keys.length > max) return `must have ${min} to ${max} entries`;
  const bad = keys.filter((name) => !key.test(name)).slice(0, 5);
  return bad.length === 0 ? undefined : `has keys that do not match ${key.source}: ${bad.join(', ')}`;
}
