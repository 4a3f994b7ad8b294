import { AppError } from '../../errors/app-error';
import { currentTrace, type TraceContext, withTrace } from './trace-context';

/** Who the other side of a span is: a caller, a callee, or a queue behind which work goes on. */
export type SpanKind = 'internal' | 'server' | 'client' | 'producer' | 'consumer';
/** Facts by their names in the semantic conventions, or under `aitbc.`; what is `undefined` is left out. */
export type Attributes = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface SpanStart {
  readonly name: string;
  readonly kind?: SpanKind;
  /** Without it a new trace begins, and the sampler decides whether it is recorded. */
  readonly parent?: TraceContext | undefined;
  readonly attributes?: Attributes;
  /** Milliseconds since 1970; default: now. */
  readonly startedAt?: number;
  /** See `derivedSpanId`; default: a random one. */
  readonly spanId?: string;
}

/** A piece of work while it runs. Nothing that is told here throws, and what comes after `end` is not heard. */
export interface Span {
  /** To hand on; `undefined` when no trace is in sight. */
  readonly context: TraceContext | undefined;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** Something that happened meanwhile. @param at milliseconds since 1970 */
  event(name: string, at: number, attributes?: Attributes): void;
  /** It failed. @param errorType a word from a small set, as `error.type` wants it; never a message. */
  fail(errorType: string): void;
  /** @param at milliseconds since 1970; default: now */
  end(at?: number): void;
}

/** What spans are told to. Calls are quick, never throw, and never wait. */
export interface Tracer {
  /** False: nothing is recorded anywhere, and callers may leave out what only spans need. */
  readonly enabled: boolean;
  start(start: SpanStart): Span;
}

/** Records nothing, and passes the trace of a caller on unchanged. */
export const noTracer: Tracer = { enabled: false, start: ({ parent }) => (parent ? passing(parent) : SILENT) };

function passing(context: TraceContext | undefined): Span {
  const ignore = (): void => undefined;
  return { context, rename: ignore, set: ignore, event: ignore, fail: ignore, end: ignore };
}

const SILENT = passing(undefined);

/** A span of something that is over. */
export interface FinishedSpan extends SpanStart {
  readonly startedAt: number;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  readonly events?: readonly SpanEvent[];
  /** See {@link Span.fail}. */
  readonly errorType?: string | undefined;
}

export interface SpanEvent {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly attributes?: Attributes;
}

/** Tells about something that is over. */
export function record(tracer: Tracer, { endedAt, events = [], errorType, ...start }: FinishedSpan): void {
  const span = tracer.start(start);
  for (const { name, at, attributes } of events) span.event(name, at, attributes);
  if (errorType !== undefined) span.fail(errorType);
  // Clocks of two processes may differ by more than a short step takes.
  span.end(Math.max(start.startedAt, endedAt));
}

/**
 * Runs `work` in a span below the current one, or below `start.parent`. Outside of any trace there is no span: only
 * servers begin traces, so that idle polling makes none.
 */
export async function traced<T>(tracer: Tracer, start: SpanStart, work: (span: Span) => Promise<T>): Promise<T> {
  const parent = start.parent ?? currentTrace();
  if (!tracer.enabled || !parent) return withTrace(start.parent, () => work(parent ? passing(parent) : SILENT));
  const span = tracer.start({ ...start, parent });
  try {
    return await withTrace(span.context, () => work(span));
  } catch (error) {
    span.fail(errorTypeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

/** What `error.type` says of an exception: its code if it has one, else its class. */
export function errorTypeOf(error: unknown): string {
  if (error instanceof AppError) return error.code;
  if (!(error instanceof Error)) return '_OTHER';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name === 'Error' ? error.constructor.name : error.name;
}
