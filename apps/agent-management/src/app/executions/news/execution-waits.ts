import { AppError, type Principal } from '@aitbc/shared-core';
import { isFinalExecution } from '@aitbc/shared-domain';
import type { ExecutionService, ExecutionWithVersion } from '../execution.service';
import type { ExecutionNews } from './execution-news';

/** Each holds a connection and a timer, and costs a read when it ends. */
const MAX_WAITERS = 4_000;
const RETRY_AFTER_SECONDS = 2;

/** How long a reader is willing to wait, and for what. */
export interface Patience {
  readonly seconds: number;
  /** Number of the last event that the reader knows; `undefined`: the newest of now. */
  readonly since: number | undefined;
  /** Only the end counts as news. */
  readonly untilFinal: boolean;
  /** Fires when the reader has gone, or the process drains. */
  readonly signal: AbortSignal;
}

/** Reads of an execution that wait until there is something new to read. */
export class ExecutionWaits {
  private waiting = 0;

  constructor(
    private readonly executions: Pick<ExecutionService, 'get' | 'glance'>,
    private readonly news: Pick<ExecutionNews, 'subscribe'>,
    private readonly maxWaiters = MAX_WAITERS,
  ) {}

  /**
   * The execution as soon as it has an event after `since` (or has ended, with `untilFinal`); at once when it has one already or is final; as it is when
   * the patience is over.
   * @throws AppError `not_found`, or `overloaded` when too many wait in this process
   */
  async get(principal: Principal, id: string, patience: Patience): Promise<ExecutionWithVersion> {
    if (patience.seconds === 0) return this.executions.get(principal, id);
    const ear = new Ear(this.news, id);
    try {
      const { eventSeq, status } = await this.executions.glance(principal, id);
      const since = patience.since ?? eventSeq;
      const isNews = (eventSeq > since && !patience.untilFinal) || isFinalExecution(status);
      if (!isNews && !patience.signal.aborted) await this.counted(() => ear.newerThan(since, patience));
      return await this.executions.get(principal, id);
    } finally {
      ear.stop();
    }
  }

  private async counted(wait: () => Promise<void>): Promise<void> {
    if (this.waiting >= this.maxWaiters) {
      const options = { retryAfterSeconds: RETRY_AFTER_SECONDS };
      throw new AppError('overloaded', 'too many requests wait for executions; ask without `wait`', options);
    }
    this.waiting += 1;
    try {
      await wait();
    } finally {
      this.waiting -= 1;
    }
  }
}

/** Hears of one execution from its making on. */
class Ear {
  readonly stop: () => void;
  private newest = -1;
  private ended = false;
  private onNews: () => void = () => undefined;

  constructor(news: Pick<ExecutionNews, 'subscribe'>, executionId: string) {
    this.stop = news.subscribe(executionId, (eventSeq, isLast) => {
      this.newest = Math.max(this.newest, eventSeq);
      this.ended ||= isLast;
      this.onNews();
    });
  }

  /** Resolves when there is news after `since`, when the time is over, or when the reader has gone. */
  newerThan(since: number, { seconds, signal, untilFinal }: Patience): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, seconds * 1_000);
      signal.addEventListener('abort', end);
      this.onNews = () => {
        if (this.ended || (this.newest > since && !untilFinal)) end();
      };
      // It may have come while the execution was read.
      this.onNews();
    });
  }
}
