import { styleText } from 'node:util';
import type { Environment } from '@aitbc/shared-core';

type Format = Parameters<typeof styleText>[0];

/** Colours, or none. */
export class Style {
  constructor(private readonly colour: boolean) {}

  bold(text: string): string {
    return this.apply('bold', text);
  }

  dim(text: string): string {
    return this.apply('dim', text);
  }

  red(text: string): string {
    return this.apply('red', text);
  }

  green(text: string): string {
    return this.apply('green', text);
  }

  /** A status word in the colour of how good it is. */
  status(word: string, text = word): string {
    const format = FORMATS[word.toLowerCase()];
    return format === undefined ? text : this.apply(format, text);
  }

  private apply(format: Format, text: string): string {
    return this.colour ? styleText(format, text, { validateStream: false }) : text;
  }
}

const FORMATS: Readonly<Record<string, Format>> = {
  completed: 'green',
  active: 'green',
  available: 'green',
  succeeded: 'green',
  ok: 'green',
  failed: 'red',
  dead: 'red',
  failing: 'red',
  gone: 'red',
  expired: 'red',
  cancelled: 'yellow',
  canceled: 'yellow',
  suspended: 'yellow',
  retrying: 'yellow',
  running: 'cyan',
  waiting: 'cyan',
  busy: 'cyan',
  skipped: 'dim',
  pending: 'dim',
  queued: 'dim',
  offline: 'dim',
  retired: 'dim',
};

/** Colours are for terminals that can show them, unless NO_COLOR (https://no-color.org) asks for none. */
export function wantsColour(isTerminal: boolean, environment: Environment): boolean {
  return isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
}

/**
 * Text of others (names, errors) as it may reach a terminal: without control characters, which could move its cursor
 * or change its title, nor characters that turn the direction of reading.
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}
