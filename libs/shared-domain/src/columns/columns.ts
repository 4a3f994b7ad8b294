import { Column, ColumnOptions, FindOperator, ValueTransformer } from 'typeorm';

/**
 * Column types that read back the same value from SQLite and PostgreSQL (see `docs/adr/0002-portable-columns.md`):
 * text, JSON as text, times and money as whole numbers in a 64-bit column.
 */

type Options = Pick<ColumnOptions, 'name' | 'nullable' | 'default' | 'unique'>;

/**
 * PostgreSQL gives 64-bit columns as text, SQLite as a number that is rounded above 2⁵³: refuse what is not safe.
 *
 * Criteria of an update or delete reach this and the next transformer as find operators (`IsNull()`), which pass as
 * they are: made a value to compare with, an operator would match no row and say nothing.
 */
const safeInteger: ValueTransformer = {
  to: (value: unknown) => (isAbsent(value) || value instanceof FindOperator ? value : checkSafe(value)),
  from: (value: unknown) => (isAbsent(value) ? null : checkSafe(typeof value === 'string' ? Number(value) : value)),
};

const json: ValueTransformer = {
  to: (value: unknown) => (isAbsent(value) || value instanceof FindOperator ? value : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : null),
};

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function checkSafe(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new RangeError(`not a safe integer: ${String(value)}`);
}

/** Text of at most `length` characters. */
export function TextColumn(length: number, options: Options = {}): PropertyDecorator {
  return Column({ type: 'varchar', length, ...options });
}

/** Text of any length. */
export function LongTextColumn(options: Options = {}): PropertyDecorator {
  return Column({ type: 'text', ...options });
}

/** A JSON value, stored as text; `null` in the database reads as `null`. */
export function JsonColumn(options: Options = {}): PropertyDecorator {
  return Column({ type: 'text', transformer: json, ...options });
}

/** An instant: milliseconds since 1970-01-01T00:00:00Z. Set by the application, never by the database's clock type. */
export function TimeColumn(options: Options = {}): PropertyDecorator {
  return Column({ type: 'bigint', transformer: safeInteger, ...options });
}

/** Money in units of 10⁻⁸ coin. */
export function UnitsColumn(options: Options = {}): PropertyDecorator {
  return Column({ type: 'bigint', transformer: safeInteger, ...options });
}

/** A whole number up to 2³¹. */
export function CountColumn(options: Options = {}): PropertyDecorator {
  return Column({ type: 'integer', ...options });
}

/** True or false. */
export function FlagColumn(options: Options = {}): PropertyDecorator {
  return Column({ type: 'boolean', ...options });
}
