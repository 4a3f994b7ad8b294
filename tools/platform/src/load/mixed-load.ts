import { AGENT_COUNTERS, WORKFLOW_COUNTERS } from './counters';
import { CountingWork } from './counting-work';
import { ExecutingWork } from './executing-work';
import { LoadClient } from './load-client';
import { ANALYSIS_STEPS, SUM_STEPS } from './load-steps';
import { Pace } from './pace';
import { FixedRoute } from './route';
import { type LoadRecord, Tally } from './tally';
import { type LoadOutcome, summed, type Work } from './work';

export interface MixedLoadOptions {
  /** Of the way in. */
  readonly url: string;
  /** A key for each client, so that each is a principal of its own. */
  readonly keys: readonly string[];
  readonly record: LoadRecord;
  /** Requests of all clients in a second. */
  readonly perSecond: number;
}

/** Of each client, in turn; together they read as much as they write. */
const WORKS: readonly (() => Work)[] = [
  () => new CountingWork(AGENT_COUNTERS),
  () => new CountingWork(WORKFLOW_COUNTERS),
  () => new ExecutingWork(SUM_STEPS, (n) => ({ n })),
  () => new CountingWork(AGENT_COUNTERS),
  () => new CountingWork(WORKFLOW_COUNTERS),
  () => new ExecutingWork(SUM_STEPS, (n) => ({ n })),
  () => new CountingWork(AGENT_COUNTERS),
  () => new ExecutingWork(ANALYSIS_STEPS),
];

/** Of a principal while what it did is looked for: below the limit that services have by default. */
const READS_PER_SECOND = 80;

/**
 * Reads and writes of many principals at a steady pace, over keep-alive connections, each request once: counters of their
 * own that they create and raise, and executions that they start and follow, some of them with a job for a miner.
 */
export class MixedLoad {
  private readonly works: readonly { readonly key: string; readonly work: Work }[];
  private readonly running: Promise<unknown>;
  private over = false;

  /** Begins at once. */
  constructor(options: MixedLoadOptions) {
    const { url, keys, record, perSecond } = options;
    this.works = keys.map((key, index) => ({ key, work: workAt(index) }));
    const goesOn = () => !this.over;
    this.running = Promise.all(
      this.works.map(async ({ key, work }) => {
        const pace = new Pace(perSecond / keys.length);
        const client = new LoadClient(new FixedRoute(url), key, record, () => pace.turn());
        await work.run(client, goesOn);
        client.close();
      }),
    );
  }

  /** Resolves when the last request was answered. */
  async stop(): Promise<void> {
    this.over = true;
    await this.running;
  }

  /**
   * Compares what was acknowledged with what there is; after `stop`.
   * @param url of whoever is asked
   */
  async outcome(url: string): Promise<LoadOutcome> {
    const ask = async ({ key, work }: (typeof this.works)[number]) => {
      const pace = new Pace(READS_PER_SECOND);
      const reader = new LoadClient(new FixedRoute(url), key, new Tally(), () => pace.turn());
      const outcome = await work.outcome(reader);
      reader.close();
      return outcome;
    };
    return summed(await Promise.all(this.works.map(ask)));
  }
}

function workAt(index: number): Work {
  const make = WORKS[index % WORKS.length];
  if (!make) throw new Error('there is no work');
  return make();
}
