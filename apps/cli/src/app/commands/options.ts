import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { Output } from '../output/output';
import { type Column, renderTable } from '../output/table';

/** What lists can be asked for: how many, and which page. */
export interface PageOf {
  readonly limit?: number;
  readonly cursor?: string;
}

/** Adds a value to those given before. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** A parser of whole numbers from `min` to `max`. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** `--limit` and `--cursor` of a list. */
export function withPaging(command: Command): Command {
  return command
    .option('--limit <number>', 'how many at most, 1 to 200', wholeNumber(1, 200))
    .option('--cursor <cursor>', 'go on after the page that showed this cursor');
}

/** `--input`, `--inputs` and `--text`. */
export function withInputs(command: Command): Command {
  return command
    .option('-i, --input <name=value>', 'one input; JSON where it is, else text (repeatable)', collect)
    .option('--inputs <file>', 'inputs from a JSON or YAML file, - for standard input')
    .option('--text <file>', 'the input `text` from a text file, - for standard input');
}

export function choice(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

export function argumentChoice(name: string, description: string, choices: readonly string[]): Argument {
  return new Argument(name, description).choices(choices);
}

/** A page as the result of a command, with a note about the next one. */
export function showPage<T>(
  out: Output,
  page: { readonly items: readonly T[]; readonly next_cursor: string | null },
  columns: readonly Column<T>[],
): void {
  out.result(page, () => (page.items.length === 0 ? 'None.' : renderTable(page.items, columns)));
  if (page.next_cursor !== null) out.note(`There are more: --cursor ${page.next_cursor}`);
}

/** The part of a command's options that a list request takes. */
export function pageOf({ limit, cursor }: PageOf): PageOf {
  return { ...(limit !== undefined && { limit }), ...(cursor !== undefined && { cursor }) };
}
