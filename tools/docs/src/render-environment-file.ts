import type { renderConfigurationTable } from '@aitbc/shared-core';

export type Specs = Parameters<typeof renderConfigurationTable>[0][number]['specs'];

export interface EnvironmentFile {
  /** What the file is for; becomes comments at its top. */
  readonly head: string;
  readonly specs: Specs;
  /** Values that an installation needs; all others are comments, with their defaults. */
  readonly values?: Readonly<Record<string, string>>;
}

const ORIGIN =
  'In /etc/aitbc it is yours to edit; the original is made from the code by `npx nx run docs:write`, and a test compares it.';
const WIDTH = 120;

/** Defaults whose values do not show how they are written, or depend on the machine. */
const WRITTEN: Readonly<Record<string, string>> = {
  MINER_ID: '',
  WEBHOOK_RETRY_SCHEDULE: '5s,5m,30m,2h,5h,10h,14h,20h,24h',
};

/** An environment file as systemd reads it: each variable with its meaning, and its default unless it has a value here. */
export function renderEnvironmentFile({ head, specs, values = {} }: EnvironmentFile): string {
  const variables = Object.entries(specs).map(([name, spec]) => {
    const value = values[name];
    const isRequired = !('default' in spec);
    const meaning = comment(`${spec.desc ?? ''}${isRequired ? ' (required)' : ''}`);
    return [meaning, value === undefined ? `#${name}=${defaultOf(name, spec)}` : `${name}=${value}`].join('\n');
  });
  return `${[`${comment(head)}\n${comment(ORIGIN)}`, ...variables].join('\n\n')}\n`;
}

function defaultOf(name: string, spec: Specs[string]): string {
  const value = 'default' in spec ? spec.default : undefined;
  if (name in WRITTEN) return WRITTEN[name] ?? '';
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : '';
}

/** Lines that begin with `#`, broken between words. */
function comment(text: string): string {
  const lines: string[] = [];
  let line = '#';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}
