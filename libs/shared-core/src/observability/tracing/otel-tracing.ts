import type { Span as OtelApiSpan, SpanContext, Tracer as OtelApiTracer } from '@opentelemetry/api';
import type { IdGenerator, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from '../../logging/logger';
import { OccasionalWarning } from './occasional-warning';
import type { Otel } from './otel-packages';
import type { Tracing, TracingTarget } from './open-tracing';
import type { TraceContext } from './trace-context';
import type { Attributes, Span, SpanKind, SpanStart, Tracer } from './tracer';

/** Ended spans that wait for their export; more are dropped. A span has some 2 kB. */
const MAX_QUEUE = 4_096;
const MAX_BATCH = 512;
/** How long an ended span waits for others, and so about the most that a crash can lose. */
const GATHER_MS = 1_000;
const EXPORT_TIMEOUT_MS = 5_000;
/** A stop waits no longer for a collector that does not answer. */
const CLOSE_TIMEOUT_MS = 1_000;
/** The only flag of version 00 (https://www.w3.org/TR/trace-context/#trace-flags). */
const SAMPLED = 1;

/** Spans to a collector by OTLP over HTTP, as JSON, in the background. Its failures are logged now and then. */
export function openOtelTracing(otel: Otel, target: TracingTarget, logger: Logger): Tracing {
  const { resources, sdk, otlp } = otel;
  reportDiagnostics(otel, logger);
  const exporter = new otlp.OTLPTraceExporter({
    url: target.url,
    headers: { ...target.headers },
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const processor = new sdk.BatchSpanProcessor({
    exporter,
    maxQueueSize: MAX_QUEUE,
    maxExportBatchSize: MAX_BATCH,
    scheduledDelayMillis: GATHER_MS,
    exportTimeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const ids = new DerivedIds(new sdk.RandomIdGenerator());
  const provider = new sdk.TracerProvider({
    resource: resources.defaultResource().merge(resources.resourceFromAttributes({ ...target.resource })),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(target.sampleRatio) }),
    idGenerator: ids,
    spanProcessors: [processor],
  });
  const tracer = new OtelTracer(otel, provider.getTracer('aitbc', target.version), ids);
  return { tracer, close: () => closed(provider) };
}

/** Resolves in any case, and in time. */
async function closed(provider: TracerProvider): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeOut = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_TIMEOUT_MS)));
  await Promise.race([provider.shutdown().catch(() => undefined), timeOut]);
  clearTimeout(timer);
}

/** The SDK tells of failed exports and dropped spans in this way only, and of the first failure as of the thousandth. */
function reportDiagnostics({ api: { diag, DiagLogLevel } }: Otel, logger: Logger): void {
  const warning = new OccasionalWarning(logger, 'spans were lost on their way to the collector', 'spans_lost');
  const report = (message: string): void => warning.give({ detail: message.slice(0, 1_000) });
  const ignore = (): void => undefined;
  const sink = { error: report, warn: report, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(sink, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

/** Random ids, but for a span that is given one. The SDK asks within the call that starts the span. */
class DerivedIds implements IdGenerator {
  private given: string | undefined;

  constructor(private readonly random: IdGenerator) {}

  generateTraceId(): string {
    return this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.given ?? this.random.generateSpanId();
  }

  using<T>(spanId: string | undefined, start: () => T): T {
    this.given = spanId;
    try {
      return start();
    } finally {
      this.given = undefined;
    }
  }
}

class OtelTracer implements Tracer {
  readonly enabled = true;

  private readonly kinds: Readonly<Record<SpanKind, number>>;

  constructor(
    private readonly otel: Otel,
    private readonly spans: OtelApiTracer,
    private readonly ids: DerivedIds,
  ) {
    const { INTERNAL, SERVER, CLIENT, PRODUCER, CONSUMER } = otel.api.SpanKind;
    this.kinds = { internal: INTERNAL, server: SERVER, client: CLIENT, producer: PRODUCER, consumer: CONSUMER };
  }

  start({ name, kind = 'internal', parent, attributes = {}, startedAt, spanId }: SpanStart): Span {
    const startTime = startedAt === undefined ? {} : { startTime: time(startedAt) };
    const options = { kind: this.kinds[kind], attributes: mutable(attributes), ...startTime };
    const begin = () => this.spans.startSpan(name, options, this.contextOf(parent));
    return new OtelSpan(this.ids.using(spanId, begin), this.otel.api.SpanStatusCode.ERROR);
  }

  private contextOf(parent: TraceContext | undefined) {
    const { ROOT_CONTEXT, trace } = this.otel.api;
    return parent ? trace.setSpanContext(ROOT_CONTEXT, remote(parent)) : ROOT_CONTEXT;
  }
}

function remote({ traceId, spanId, sampled }: TraceContext): SpanContext {
  return { traceId, spanId, traceFlags: sampled ? SAMPLED : 0, isRemote: true };
}

class OtelSpan implements Span {
  readonly context: TraceContext;

  constructor(
    private readonly span: OtelApiSpan,
    private readonly error: number,
  ) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.context = { traceId, spanId, sampled: (traceFlags & SAMPLED) !== 0 };
  }

  rename(name: string): void {
    this.span.updateName(name);
  }

  set(attributes: Attributes): void {
    this.span.setAttributes(mutable(attributes));
  }

  event(name: string, at: number, attributes: Attributes = {}): void {
    this.span.addEvent(name, mutable(attributes), time(at));
  }

  fail(errorType: string): void {
    this.span.setAttribute('error.type', errorType).setStatus({ code: this.error });
  }

  end(at?: number): void {
    this.span.end(at === undefined ? undefined : time(at));
  }
}

/** As a number the SDK would take a time before the start of this process for one that is relative to it. */
function time(at: number): Date {
  return new Date(at);
}

/** The SDK's type of attributes has arrays that could be changed. */
function mutable(attributes: Attributes): Record<string, string | number | boolean | string[] | undefined> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, Array.isArray(value) ? [...(value as string[])] : value]),
  ) as Record<string, string | number | boolean | string[] | undefined>;
}
