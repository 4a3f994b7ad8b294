import {
  type Effect,
  type EventRow,
  type Fault,
  groupBy,
  type Rule,
  type RunRecord,
  stepHistories,
} from '../run-record';

/** How far the clock of the events (on PostgreSQL the server's, as a worker knows it) may be from the supervisor's. */
const CLOCKS_MS = 100;
const ENDS = ['step.completed', 'step.failed', 'step.retrying'];
const STARTS = ['step.started', 'step.restarted'];

/** One attempt of a step, from its first start to what came of it. */
interface Attempt {
  readonly step: string;
  readonly number: number;
  readonly from: number;
  /** `Infinity` when nothing came of it: its execution was cancelled meanwhile. */
  readonly until: number;
  readonly completed: boolean;
  /** How often the engine recorded that it runs the attempt. */
  readonly runs: number;
}

/** Of each attempt that completed there is an effect; none is above 1 + the faults while it was in flight. */
export const effectsWithinBounds: Rule = (record) => {
  const byKey = groupBy(record.effects, ({ key }) => key);
  const attempts = attemptsOf(record);
  const known = new Set(attempts.map(keyOf));
  const jobs = groupBy(attempts.filter(isJob), ({ step }) => step);
  return [
    ...attempts
      .filter(isEffect)
      .flatMap((attempt) => boundFaults(attempt, byKey.get(keyOf(attempt)) ?? [], record.faults)),
    ...[...jobs].flatMap(([step, some]) => boundJobFaults(step, some, byKey.get(step) ?? [], record.faults)),
    ...[...byKey.keys()].filter((key) => !known.has(key)).map((key) => `${key} has an effect and was never started`),
  ];
};

/** No effect of a step comes after its completion. */
export const noEffectAfterCommit: Rule = (record) => {
  const byKey = groupBy(record.effects, ({ key }) => key);
  return attemptsOf(record)
    .filter(({ completed }) => completed)
    .flatMap((attempt) => {
      const late = (byKey.get(keyOf(attempt)) ?? []).filter(({ at }) => at > attempt.until + CLOCKS_MS);
      return late.map(({ key, at }) => `${key} had an effect ${at - attempt.until} ms after its completion`);
    });
};

/** The engine runs an attempt again only when a fault has interrupted it. */
export const restartsHaveCauses: Rule = (record) =>
  attemptsOf(record).flatMap((attempt) => {
    const { step, number, runs } = attempt;
    const causes = faultsDuring(attempt, record.faults);
    if (runs <= 1 + causes) return [];
    const what = `${step}:${number} was run ${runs} times with ${causes} faults`;
    return [
      `${what}, from ${timeOf(attempt.from)} to ${timeOf(attempt.until)}; ${nearestFault(attempt, record.faults)}`,
    ];
  });

function boundFaults(attempt: Attempt, effects: readonly Effect[], faults: readonly Fault[]): string[] {
  const { step, number, completed, runs } = attempt;
  const most = 1 + faultsDuring(attempt, faults);
  if (completed && effects.length === 0) return [`${step}:${number} is completed without its effect`];
  if (effects.length > most) return [`${step}:${number} had ${effects.length} effects; at most ${most} are right`];
  if (effects.length > runs) return [`${step}:${number} had ${effects.length} effects in ${runs} recorded runs`];
  return [];
}

/** As {@link boundFaults}, over all attempts: a miner's effects name none. What it does twice is no second run here. */
function boundJobFaults(
  step: string,
  attempts: readonly Attempt[],
  effects: readonly Effect[],
  faults: readonly Fault[],
) {
  const most = attempts.reduce((sum, attempt) => sum + 1 + faultsDuring(attempt, faults), 0);
  if (attempts.some(({ completed }) => completed) && effects.length === 0) {
    return [`${step} is completed without its effect`];
  }
  return effects.length > most ? [`${step} had ${effects.length} effects of jobs; at most ${most} are right`] : [];
}

/** Steps that work outside carry it in their names, see `shapes.ts`. */
const isEffect = ({ step }: Attempt) => step.includes(':effect');
const isJob = ({ step }: Attempt) => step.includes(':job');
const keyOf = (attempt: Attempt) => (isJob(attempt) ? attempt.step : `${attempt.step}:${attempt.number}`);

function faultsDuring({ from, until }: Attempt, faults: readonly Fault[]): number {
  return faults.filter((fault) => fault.until >= from - CLOCKS_MS && fault.from <= until + CLOCKS_MS).length;
}

/** For whoever looks for the cause afterwards. */
function nearestFault({ from, until }: Attempt, faults: readonly Fault[]): string {
  const distances = faults.map((fault) => ({ fault, ms: Math.max(from - fault.until, fault.from - until) }));
  const [nearest] = distances.toSorted((a, b) => a.ms - b.ms);
  if (nearest === undefined) return 'there was no fault';
  const { fault, ms } = nearest;
  return `the nearest fault, a ${fault.kind} from ${timeOf(fault.from)} to ${timeOf(fault.until)}, is ${ms} ms away`;
}

const timeOf = (at: number): string => (Number.isFinite(at) ? new Date(at).toISOString().slice(11, -1) : 'the end');

function attemptsOf(record: RunRecord): Attempt[] {
  return [...stepHistories(record)].flatMap(([step, history]) => {
    const begun = history.filter(({ type }) => STARTS.includes(type));
    return [...groupBy(begun, ({ attempt }) => String(attempt))].map(([number, runs]) =>
      attemptOf(step, Number(number), runs, history),
    );
  });
}

function attemptOf(step: string, number: number, runs: readonly EventRow[], history: readonly EventRow[]): Attempt {
  const end = history.find(({ type, attempt }) => ENDS.includes(type) && attempt === number);
  return {
    step,
    number,
    from: Math.min(...runs.map(({ at }) => at)),
    until: end?.at ?? Infinity,
    completed: end?.type === 'step.completed',
    runs: runs.length,
  };
}
