import { createHash } from 'node:crypto';
import { currentLogContext, type LogContext, withLogContext } from '../../logging/log-context';

/** Where in which trace a piece of work stands (W3C Trace Context): the span that its own spans are children of. */
export interface TraceContext {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  /** Whether the trace is recorded, as whoever began it has decided. */
  readonly sampled: boolean;
}

/** `version-trace_id-parent_id-flags`; a later version may have more behind the flags. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;

/**
 * Reads a `traceparent`; `undefined` for one that is not valid, which counts as none
 * (https://www.w3.org/TR/trace-context/#traceparent-header).
 */
export function parseTraceparent(text: string | null | undefined): TraceContext | undefined {
  const [, version, traceId, spanId, flags, rest] = TRACEPARENT.exec(text ?? '') ?? [];
  if (version === undefined || traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (parseInt(flags, 16) & SAMPLED) !== 0 };
}

/** The `traceparent` that makes this the parent of what it is sent to. */
export function traceparentOf({ traceId, spanId, sampled }: TraceContext): string {
  return `00-${traceId}-${spanId}-${flagsOf(sampled)}`;
}

/**
 * The id of a span that stands for something stored, made of what it is called: whoever tells about the thing, in
 * whichever process and however often, tells about one span, and its children can name it before it has been told.
 */
export function derivedSpanId(name: string): string {
  const id = createHash('sha256').update(name).digest('hex').slice(0, 16);
  // The one id that stands for none.
  return /^0+$/.test(id) ? '0000000000000001' : id;
}

/** The fields by which log lines are found from a trace, and the trace from them. */
export function traceFields(trace: TraceContext | undefined): LogContext {
  if (!trace) return NO_FIELDS;
  return { trace_id: trace.traceId, span_id: trace.spanId, trace_flags: flagsOf(trace.sampled) };
}

const NO_FIELDS: LogContext = {};

/** Where the running piece of work stands, if it is part of a trace. */
export function currentTrace(): TraceContext | undefined {
  const { trace_id: traceId, span_id: spanId, trace_flags: flags } = currentLogContext();
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, sampled: flags === flagsOf(true) };
}

/** {@link currentTrace} as it is stored and sent. */
export function currentTraceparent(): string | undefined {
  const trace = currentTrace();
  return trace && traceparentOf(trace);
}

/** Runs `work` as a part of this span: its log lines carry the ids, and its own spans are children. */
export function withTrace<T>(trace: TraceContext | undefined, work: () => T): T {
  return trace ? withLogContext(traceFields(trace), work) : work();
}

function flagsOf(sampled: boolean): string {
  return sampled ? '01' : '00';
}
