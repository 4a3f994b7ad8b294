import type { Attributes, Span, SpanEvent, SpanKind, SpanStart, TraceContext, Tracer } from '../observability/tracing';

/** A span that was told to a {@link MemoryTracer}. */
export interface ToldSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly context: TraceContext;
  readonly parent: TraceContext | undefined;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly errorType: string | undefined;
}

/** Keeps the spans that have ended, in order, for a test to read: all but those that a caller does not want. Ids count up. */
export class MemoryTracer implements Tracer {
  readonly enabled = true;
  readonly spans: ToldSpan[] = [];
  private count = 0;

  start({ name, kind = 'internal', parent, attributes = {}, spanId }: SpanStart): Span {
    this.count += 1;
    const id = this.count.toString(16).padStart(16, '0');
    const sampled = parent?.sampled ?? true;
    const context = { traceId: parent?.traceId ?? id.padStart(32, 'f'), spanId: spanId ?? id, sampled };
    const events: SpanEvent[] = [];
    let span: ToldSpan = { name, kind, context, parent, attributes: defined(attributes), events, errorType: undefined };
    return {
      context,
      rename: (newName) => (span = { ...span, name: newName }),
      set: (more) => (span = { ...span, attributes: { ...span.attributes, ...defined(more) } }),
      event: (event, at, of) => void events.push({ name: event, at, ...(of && { attributes: defined(of) }) }),
      fail: (errorType) => (span = { ...span, errorType }),
      end: () => void (sampled && this.spans.push(span)),
    };
  }
}

function defined(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
