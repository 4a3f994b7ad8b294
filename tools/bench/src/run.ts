import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bench, idOf, type Scenario } from './scenario';

export interface RunOptions extends Omit<Bench, 'folder'> {
  readonly runs: number;
  /** Told of each step, for the person who waits. */
  readonly say: (line: string) => void;
}

export interface Measured {
  /** Values of each figure, one for each run, by its id. */
  readonly values: ReadonlyMap<string, readonly number[]>;
  readonly failures: readonly { readonly scenario: string; readonly message: string }[];
}

/**
 * The scenarios of these names and those that their bars refer to, in the order of `all`.
 * @param names empty for all.
 * @throws Error when there is none of a name.
 */
export function select(all: readonly Scenario[], names: readonly string[]): Scenario[] {
  const unknown = names.filter((name) => !all.some((scenario) => scenario.name === name));
  if (unknown.length > 0) throw new Error(`no scenario '${unknown.join("', '")}'; --list names them`);
  if (names.length === 0) return [...all];
  const needed = all.filter(({ name }) => names.includes(name)).flatMap(({ needs = [] }) => needs);
  return all.filter(({ name }) => names.includes(name) || needed.includes(name));
}

/**
 * Measures each scenario once in each run, rather than one after the other, so that a slow minute of the machine falls
 * on all of them. A scenario that fails is not tried again and has no figures; the others go on.
 */
export async function runScenarios(scenarios: readonly Scenario[], options: RunOptions): Promise<Measured> {
  const values = new Map<string, number[]>();
  const failures = new Map<string, string>();
  for (let run = 1; run <= options.runs; run++) {
    for (const scenario of scenarios.filter(({ name }) => !failures.has(name))) {
      options.say(`run ${run} of ${options.runs}: ${scenario.name}`);
      try {
        const measured = await measureOnce(scenario, options);
        for (const [id, value] of measured) values.set(id, [...(values.get(id) ?? []), value]);
      } catch (error) {
        failures.set(scenario.name, error instanceof Error ? error.message : String(error));
        for (const figure of scenario.figures) values.delete(idOf(scenario, figure));
      }
    }
  }
  return { values, failures: [...failures].map(([scenario, message]) => ({ scenario, message })) };
}

async function measureOnce(scenario: Scenario, bench: Omit<Bench, 'folder'>): Promise<[string, number][]> {
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Also when the run is interrupted: a database of 10⁵ workflows is too large to be left behind.
  process.once('exit', remove);
  try {
    const prepared = await scenario.prepare({ ...bench, folder });
    try {
      const measured = await prepared.measure();
      return scenario.figures.map((figure) => [idOf(scenario, figure), valueOf(measured, figure.key)]);
    } finally {
      await prepared.close();
    }
  } finally {
    process.off('exit', remove);
    remove();
  }
}

function valueOf(measured: Readonly<Record<string, number>>, key: string): number {
  const value = measured[key];
  if (value === undefined || !Number.isFinite(value)) throw new Error(`it measured no '${key}'`);
  return value;
}
