import { cpus, release, totalmem, type } from 'node:os';
import type { Summary } from './aggregate';
import type { Series } from './columns';
import type { PhaseSummary } from './phase';
import type { DrillEvent, FailedRequest, Timeline } from './timeline';

/** One promise of the drill, and what became of it. */
export interface Verdict {
  readonly what: string;
  readonly wanted: string;
  readonly seen: string;
  readonly kept: boolean;
}

export interface Machine {
  readonly processor: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly node: string;
  readonly os: string;
}

/** What a drill knows of itself. */
export interface DrillFacts {
  /** The name of its folder too: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly options: Readonly<Record<string, string | number>>;
  readonly verdicts: readonly Verdict[];
  /** Anything else that can be written as JSON, by its title. */
  readonly notes?: Readonly<Record<string, unknown>>;
}

export interface DrillReport extends DrillFacts {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly machine: Machine;
  readonly total: Summary;
  readonly phases: readonly PhaseSummary[];
  readonly events: readonly DrillEvent[];
  /** The first ones; `total` has how many there are. */
  readonly failures: readonly FailedRequest[];
  readonly series: Series;
}

/** All that is known at the end of a drill, or at the point where it was broken off. */
export function describeDrill(facts: DrillFacts, timeline: Timeline): DrillReport {
  const series = timeline.series();
  return {
    ...facts,
    startedAt: timeline.startedAt.toISOString(),
    seconds: series.endMs / 1_000,
    machine: thisMachine(),
    total: timeline.total(),
    phases: timeline.phases(),
    events: timeline.events,
    failures: timeline.failures,
    series,
  };
}

export interface Outcome {
  /** Every promise is kept, and every phase came to its end. */
  readonly kept: boolean;
  readonly sentence: string;
}

/** The one word that counts, and what it is said of. */
export function outcomeOf({ verdicts, phases }: Pick<DrillReport, 'verdicts' | 'phases'>): Outcome {
  const cut = phases.find(({ state }) => state !== 'done');
  const broken = verdicts.filter(({ kept }) => !kept);
  if (broken.length > 0) {
    return { kept: false, sentence: `Broken: ${broken.length} of ${promises(verdicts.length)} not kept` };
  }
  if (cut) return { kept: false, sentence: `Broken off: the phase “${cut.name}” did not come to its end` };
  if (verdicts.length === 0) return { kept: false, sentence: 'Nothing was proved: no promise was judged' };
  return {
    kept: true,
    sentence: verdicts.length === 1 ? 'Kept: the one promise' : `Kept: all ${verdicts.length} promises`,
  };
}

function promises(count: number): string {
  return count === 1 ? '1 promise' : `${count} promises`;
}

function thisMachine(): Machine {
  const all = cpus();
  return {
    processor: all[0]?.model.trim() ?? 'unknown',
    cpus: all.length,
    memory: totalmem(),
    node: process.version,
    os: `${type()} ${release()}`,
  };
}
