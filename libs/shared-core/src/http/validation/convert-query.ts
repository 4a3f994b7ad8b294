import 'reflect-metadata';
import { Constructor } from './instantiate';

/**
 * The text of query parameters as the types that the DTO declares: numbers, `true`/`false`, and lists (`tags=a,b` or
 * `tags=a&tags=b`). What does not convert stays text, for the validators to refuse.
 */
export function convertQuery(type: Constructor, query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      const declared: unknown = Reflect.getMetadata('design:type', type.prototype as object, name);
      return [name, convert(declared, value)];
    }),
  );
}

function convert(declared: unknown, value: unknown): unknown {
  if (declared === Array) return (Array.isArray(value) ? value : [value]).flatMap(splitList);
  if (typeof value !== 'string') return value;
  if (declared === Number) return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (declared === Boolean) return value === 'true' || (value === 'false' ? false : value);
  return value;
}

function splitList(value: unknown): unknown[] {
  return typeof value === 'string' ? value.split(',').filter((item) => item !== '') : [value];
}
