import type { LoadClient } from './load-client';

/** What the load left behind, and what of it is not as it was acknowledged: a sentence for each. */
export interface LoadOutcome {
  /** Acknowledged ones, starts of executions included. */
  readonly writes: number;
  readonly executions: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Executions that did not end well, or not exactly once. */
  readonly unfinished: readonly string[];
}

/** What one client does, on things of its own. */
export interface Work {
  /** Until it may not go on. A request that fails is not sent again. */
  run(client: LoadClient, goesOn: () => boolean): Promise<void>;
  /** Compares what was acknowledged with what there is. */
  outcome(reader: LoadClient): Promise<LoadOutcome>;
}

export function summed(outcomes: readonly LoadOutcome[]): LoadOutcome {
  const total = (of: (each: LoadOutcome) => number) => outcomes.reduce((sum, each) => sum + of(each), 0);
  return {
    writes: total(({ writes }) => writes),
    executions: total(({ executions }) => executions),
    lost: outcomes.flatMap(({ lost }) => lost),
    doubled: outcomes.flatMap(({ doubled }) => doubled),
    unfinished: outcomes.flatMap(({ unfinished }) => unfinished),
  };
}
