import type { JsonObject } from '@aitbc/shared-domain';

/** An event of an execution, as every reader of the feed gets it. */
export interface FeedEvent {
  /** Where to read on after it. Opaque; it belongs to the database that it was read from. */
  readonly position: string;
  readonly ownerId: string;
  readonly executionId: string;
  readonly workflowId: string;
  /** 1, 2, 3, … within the execution, without gaps. */
  readonly seq: number;
  /** `execution.started`, `step.completed`, … */
  readonly type: string;
  readonly stepId: string | null;
  readonly data: JsonObject;
  /** Unix ms. */
  readonly occurredAt: number;
}

/** A piece of the feed. */
export interface FeedPage {
  readonly events: readonly FeedEvent[];
  /**
   * Where to read on. With a filter it may lie behind the last event of the page, or move on without any; it never goes
   * back. Null only from a feed that was read from its beginning and has nothing.
   */
  readonly next: string | null;
  /** There may be more already: read on at once. Else wait for news. */
  readonly more: boolean;
}

/**
 * The events of all executions in one order that never changes: those of one execution by their number, without gaps, and
 * an event that was committed after a reader has seen `next` stands after it, however long its transaction took. So a
 * reader that goes on from where it was sees each event once, in any process, for as long as the event is kept.
 */
export interface EventFeed {
  /**
   * Events after `after` (null: from the beginning of what is kept), at most `limit`. Not inside a unit of work: what a
   * unit that is rolled back has written would be read too.
   * @param ownerId only events of this owner's executions
   * @throws AppError `validation_failed` when `after` is no position of this feed, or lies ahead of it: the database was set
   *   back to an older state
   */
  read(after: string | null, limit: number, ownerId?: string): Promise<FeedPage>;
  /**
   * Position of now: who begins here sees all that is committed from now on (on PostgreSQL perhaps also some of what was
   * committed a moment ago).
   */
  end(): Promise<string>;
  /** Calls `listener` when there may be something new, of this process or of another one. Gives the function that ends it. */
  onNews(listener: () => void): () => void;
}
