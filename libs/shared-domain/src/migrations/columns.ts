import { TableColumnOptions } from 'typeorm';

/** The migration side of `columns/columns.ts`: the same portable types, for `new Table({ columns })`. */
type Options = Pick<TableColumnOptions, 'isNullable' | 'isPrimary' | 'isUnique' | 'default'>;

export const optional: Options = { isNullable: true };
export const primary: Options = { isPrimary: true };

export function text(name: string, length: number, options: Options = {}): TableColumnOptions {
  return { name, type: 'varchar', length: String(length), ...options };
}

export function longText(name: string, options: Options = {}): TableColumnOptions {
  return { name, type: 'text', ...options };
}

/** JSON is text in both engines. */
export const json = longText;

export function count(name: string, options: Options = {}): TableColumnOptions {
  return { name, type: 'integer', ...options };
}

/** Milliseconds since 1970. */
export function time(name: string, options: Options = {}): TableColumnOptions {
  return { name, type: 'bigint', ...options };
}

/** Money in units of 10⁻⁸ coin. */
export const units = time;

export function flag(name: string, options: Options = {}): TableColumnOptions {
  return { name, type: 'boolean', ...options };
}
