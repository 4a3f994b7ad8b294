import { notFound, type Principal } from '@aitbc/shared-core';
import { maySee } from '../execution.service';
import type { ExecutionNews } from '../news/execution-news';
import type { EventSource, NextEvents } from './event-source';
import type { ExecutionTails } from './execution-tails';

/** The events of single executions, for readers that follow them. */
export class ExecutionStreams {
  /** @param source `source` of the CloudEvents */
  constructor(
    private readonly tails: Pick<ExecutionTails, 'get'>,
    private readonly news: Pick<ExecutionNews, 'subscribe'>,
    private readonly source: () => string,
  ) {}

  /**
   * The events after number `after`; `undefined` when there will never be any.
   * @throws AppError `not_found`
   */
  async open(principal: Principal, executionId: string, after: number): Promise<EventSource | undefined> {
    const tail = await this.tails.get(executionId, after);
    if (!tail || !maySee(principal, tail)) throw notFound('execution', executionId);
    const over = tail.ended && tail.textsFor(this.source()).length === 0;
    return over ? undefined : new ExecutionSource(this.tails, this.news, executionId, after, this.source());
  }
}

class ExecutionSource implements EventSource {
  constructor(
    private readonly tails: Pick<ExecutionTails, 'get'>,
    private readonly news: Pick<ExecutionNews, 'subscribe'>,
    private readonly executionId: string,
    private last: number,
    private readonly source: string,
  ) {}

  async next(): Promise<NextEvents> {
    const tail = await this.tails.get(this.executionId, this.last);
    // Deleted meanwhile, so it was final.
    if (!tail) return { texts: [], more: false, ended: true };
    this.last = tail.last;
    return { texts: tail.textsFor(this.source), more: tail.more, ended: tail.ended };
  }

  onNews(listener: () => void): () => void {
    return this.news.subscribe(this.executionId, listener);
  }

  /** Numbers have no gaps: every move is an event. */
  silentMove(): undefined {
    return undefined;
  }
}
