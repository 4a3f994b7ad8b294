import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server } from 'node:http';

export type ReceivedAttributes = Readonly<Record<string, unknown>>;

/** A span as it came, with the resource that it came from. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: ReceivedAttributes;
  readonly events: readonly { readonly name: string; readonly attributes: ReceivedAttributes }[];
  /** 0 unset, 1 ok, 2 error. */
  readonly status: number;
  readonly resource: ReceivedAttributes;
}

/** An OpenTelemetry collector as far as tests need one: takes spans by OTLP over HTTP in JSON, on 127.0.0.1. */
export class OtlpCollector {
  readonly spans: ReceivedSpan[] = [];
  readonly requests: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
  /** Connections that were opened to it. */
  connections = 0;
  /** What it answers; anything but 200 loses the spans. */
  status = 200;
  private readonly server: Server;
  private held: (() => void)[] | undefined;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.take(request).then(() => {
        response.writeHead(this.status, { 'content-type': 'application/json' });
        response.end('{}');
      });
    });
    this.server.on('connection', () => (this.connections += 1));
  }

  static async start(): Promise<OtlpCollector> {
    const collector = new OtlpCollector();
    collector.server.listen(0, '127.0.0.1');
    await once(collector.server, 'listening');
    return collector;
  }

  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` names it by. */
  get url(): string {
    const address = this.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the collector does not listen');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Those of one trace, in the order in which they came. */
  trace(traceId: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  /** Answers nothing from now on, until it is stopped. */
  hang(): void {
    this.held = [];
  }

  async stop(): Promise<void> {
    this.held?.forEach((answer) => answer());
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    this.requests.push({ path: request.url ?? '', headers: request.headers });
    const { held } = this;
    if (held) await new Promise<void>((resolve) => held.push(resolve));
    if (this.status === 200) this.spans.push(...spansIn(Buffer.concat(pieces).toString()));
  }
}

interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly events: readonly { readonly name: string; readonly attributes: readonly KeyValue[] }[];
  readonly status: { readonly code?: number };
}

interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
function spansIn(body: string): ReceivedSpan[] {
  const { resourceSpans } = JSON.parse(body) as ExportRequest;
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => received(span, record(resource.attributes)))),
  );
}

function received(span: OtlpSpan, resource: ReceivedAttributes): ReceivedSpan {
  const { traceId, spanId, parentSpanId, name, kind, events, attributes, status } = span;
  return {
    ...{ traceId, spanId, parentSpanId: parentSpanId === '' ? undefined : parentSpanId, name, kind, resource },
    startedAt: Number(BigInt(span.startTimeUnixNano) / 1_000_000n),
    endedAt: Number(BigInt(span.endTimeUnixNano) / 1_000_000n),
    attributes: record(attributes),
    events: events.map((event) => ({ name: event.name, attributes: record(event.attributes) })),
    status: status.code ?? 0,
  };
}

function record(attributes: readonly KeyValue[]): ReceivedAttributes {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));
}

function plain(value: KeyValue['value']): unknown {
  const { arrayValue } = value as { arrayValue?: { values: readonly KeyValue['value'][] } };
  if (arrayValue) return arrayValue.values.map(plain);
  return 'intValue' in value ? Number(value['intValue']) : Object.values(value)[0];
}
