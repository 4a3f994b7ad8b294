import {
  backoffDelay,
  type BackoffOptions,
  dataOf,
  pause,
  type ReceivedEvent,
  serverEvents,
  type TypedAnswer,
} from '@aitbc/shared-core';
import type { AgentApi, Operations, Schemas } from './agent-api';
import { SERVICE } from './service';

/** An event as it arrived. */
export interface FollowedEvent {
  /** `execution.completed`, `step.failed`, … */
  readonly event: string;
  /** Its place in the stream, after which another one can go on. */
  readonly id: string | undefined;
  readonly data: Schemas['CloudEvent'];
}

export interface FollowOptions {
  /** Ends it; what follows events then rejects with its reason. */
  readonly signal: AbortSignal;
  /** Pauses before the next connection, as long as none brings an event; default 200 ms to 6.4 s. */
  readonly backoff?: BackoffOptions;
}

/** Asks for the events after the one with this id. */
type Open = (lastId: string | undefined) => Promise<TypedAnswer<AsyncIterable<Uint8Array> | null>>;

const BACKOFF = { initialMs: 200, maximumMs: 6_400 };
const STREAM = { headers: { accept: 'text/event-stream' }, parseAs: 'stream' } as const;

/**
 * What happens in one execution, from its beginning or after event number `after`, to its end.
 * @throws AppError when the service refuses it, or is not to be had however often the connection tries
 */
export function followExecution(
  api: AgentApi,
  executionId: string,
  query: NonNullable<Operations['followExecution']['parameters']['query']>,
  options: FollowOptions,
): AsyncGenerator<FollowedEvent> {
  const init = { ...STREAM, signal: options.signal };
  const open: Open = (lastId) => {
    const params = { path: { execution_id: executionId }, query, header: { 'Last-Event-ID': lastId } };
    return api.streaming.GET('/api/v1/agent/executions/{execution_id}/events', { ...init, params });
  };
  return followed(open, options);
}

/**
 * What happens in all executions that the query means, from now on or after a place; it has no end.
 * @throws AppError as {@link followExecution} does
 */
export function followEvents(
  api: AgentApi,
  query: Omit<NonNullable<Operations['listEvents']['parameters']['query']>, 'limit'>,
  options: FollowOptions,
): AsyncGenerator<FollowedEvent> {
  const init = { ...STREAM, signal: options.signal };
  const open: Open = (lastId) => {
    const params = { query, header: { 'Last-Event-ID': lastId } };
    return api.streaming.GET('/api/v1/agent/events', { ...init, params });
  };
  return followed(open, options);
}

/** Goes on after the last event over as many connections as it takes, until the service says that nothing will follow. */
async function* followed(open: Open, { signal, backoff = BACKOFF }: FollowOptions): AsyncGenerator<FollowedEvent> {
  let lastId: string | undefined;
  for (let silent = 1; ; silent += 1) {
    const answer = await open(lastId);
    if (answer.response.status === 204) return;
    for await (const { event, id, data } of untilBroken(dataOf(SERVICE, answer))) {
      yield { event, id, data: JSON.parse(data) as Schemas['CloudEvent'] };
      lastId = id ?? lastId;
      silent = 0;
    }
    await pause(backoffDelay(Math.max(1, silent), backoff), signal);
  }
}

/** Events until the connection ends, however it ends: whoever follows asks again. */
async function* untilBroken(bytes: AsyncIterable<Uint8Array> | null): AsyncGenerator<ReceivedEvent> {
  try {
    if (bytes) yield* serverEvents(bytes);
  } catch {
    return;
  }
}
