import type { Bar } from './bars';

/** One number that a scenario measures. */
export interface Figure {
  /** Unique in its scenario; with the scenario's name (`workflow-get.rate`) unique in the report. */
  readonly key: string;
  /** What was measured, for a reader of the table. */
  readonly what: string;
  readonly unit: 'a second' | 'ms' | 'MiB' | 'rows' | '% of a core' | '×';
  /** What it must reach; a figure without one is a reference. */
  readonly bar?: Bar;
}

/** How much is done; the quick form does enough to find mistakes, and its figures mean nothing. */
export interface Scale {
  /** Of each measurement under load. */
  readonly durationMs: number;
  /** Load before each measurement, so that the code is compiled and the caches are filled. */
  readonly warmUpMs: number;
  /** Workflows in the database of rows that read a large one. */
  readonly workflows: number;
  /** Executions in the database of the row that compares a long history with one of a thousand. */
  readonly history: number;
  /** Executions that wait at once, and the time (ms) over which those that wait for one become due. */
  readonly waiting: { readonly executions: number; readonly spreadMs: number };
}

/** What a scenario works with. */
export interface Bench {
  readonly scale: Scale;
  /** Folder of the built workspace, with `apps/` and `tools/` in it. */
  readonly dist: string;
  /** A folder of this preparation only; removed afterwards. */
  readonly folder: string;
  /** Further arguments of the Node that runs the service, such as those of its profiler. */
  readonly serviceArguments: readonly string[];
}

/** A scenario that is ready to be measured once. */
export interface Prepared {
  /**
   * A value for each figure, by its key.
   * @throws Error when an answer was wrong or missing: then there is nothing to measure.
   */
  measure(): Promise<Readonly<Record<string, number>>>;
  /** Ends what `prepare` has started. */
  close(): Promise<void>;
}

export interface Scenario {
  readonly name: string;
  /** Scenarios that its bars refer to; they are measured with it. */
  readonly needs?: readonly string[];
  readonly figures: readonly Figure[];
  prepare(bench: Bench): Promise<Prepared>;
}

export function idOf(scenario: Scenario, figure: Figure): string {
  return `${scenario.name}.${figure.key}`;
}
