import type { DebugPoint } from '../../ports/debug-points.port';
import { Coverage } from './coverage';
import type { PlantedFault } from './planted-fault';
import { simulate, type SimulationResult } from './simulation';

export interface SeedsReport {
  readonly seeds: number;
  readonly executions: number;
  readonly coverage: Coverage;
  readonly deaths: ReadonlyMap<DebugPoint, number>;
  /** What to read when a seed broke a promise; empty when none did. */
  readonly failures: readonly string[];
}

/** Runs seeds one after another. */
export async function runSeeds(from: number, count: number): Promise<SeedsReport> {
  const coverage = new Coverage();
  const deaths = new Map<DebugPoint, number>();
  const failures: string[] = [];
  let executions = 0;
  for (let seed = from; seed < from + count; seed += 1) {
    const result = await simulate({ seed });
    coverage.add(result.coverage);
    for (const [point, times] of result.deaths) deaths.set(point, (deaths.get(point) ?? 0) + times);
    executions += result.executions;
    if (result.violation) failures.push(describeFailure(result));
  }
  return { seeds: count, executions, coverage, deaths, failures };
}

/** The first seed, from 1 on, whose run breaks the promise that a planted fault is about; undefined when none does. */
export async function firstToFind(planted: PlantedFault, atMost: number): Promise<SimulationResult | undefined> {
  for (let seed = 1; seed <= atMost; seed += 1) {
    const result = await simulate({ seed, planted });
    if (result.violation?.invariant === planted.breaks) return result;
  }
  return undefined;
}

/** Names the seed, the promise it broke, and the command that shows how. */
export function describeFailure({ seed, violation }: SimulationResult): string {
  const { invariant = '', detail = '' } = violation ?? {};
  return `seed ${seed}: ${invariant}: ${detail}\n  reproduce: SIM_SEED=${seed} npm run test:sim`;
}
