import { parseArgs } from 'node:util';
import type { Scale } from './scenario';

export interface BenchArguments {
  /** Names of scenarios; empty for all. */
  readonly only: readonly string[];
  readonly runs: number;
  readonly scale: Scale;
  readonly quick: boolean;
  /** File for the report; by default one in `bench-results/` that is named by the time. */
  readonly json: string | undefined;
  /** Folder for CPU profiles of the services. */
  readonly profile: string | undefined;
  readonly list: boolean;
  readonly help: boolean;
}

export const USAGE = `Usage: npm run bench -- [options] [scenario…]

  --only NAME       measure this scenario (and those that its bars refer to); may be repeated
  --runs N          measurements of each scenario, of which the median counts (3)
  --duration S      seconds of each measurement under load (10)
  --quick           one short run on little data: shows that all works, its figures mean nothing
  --json FILE       where the report goes (bench-results/<time>.json)
  --cpu-prof DIR    write a CPU profile of each service into this folder
  --list            name the scenarios and end
  --help            this text
`;

const FULL: Scale = {
  durationMs: 10_000,
  warmUpMs: 2_000,
  workflows: 100_000,
  history: 1_000_000,
  waiting: { executions: 10_000, spreadMs: 60_000 },
};
const QUICK: Scale = {
  durationMs: 1_000,
  warmUpMs: 200,
  workflows: 500,
  history: 3_000,
  waiting: { executions: 60, spreadMs: 2_000 },
};

/** @throws Error that says which argument is wrong. */
export function parseArguments(args: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      runs: { type: 'string' },
      duration: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      'cpu-prof': { type: 'string' },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const scale = values.quick ? QUICK : FULL;
  const seconds = number('--duration', values.duration, scale.durationMs / 1_000);
  const runs = number('--runs', values.runs, values.quick ? 1 : 3);
  if (!Number.isInteger(runs)) throw new Error(`--runs ${runs}: not a whole number`);
  return {
    only: [...values.only, ...positionals],
    runs,
    scale: { ...scale, durationMs: seconds * 1_000 },
    quick: values.quick,
    json: values.json,
    profile: values['cpu-prof'],
    list: values.list,
    help: values.help,
  };
}

function number(name: string, text: string | undefined, byDefault: number): number {
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new Error(`${name} '${text}': not a number above 0`);
  return value;
}
