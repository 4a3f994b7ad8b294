import { randomUUID } from 'node:crypto';
import type { Configuration } from '../../config/read-configuration';
import type { tracingVariables } from '../../config/tracing-variables';
import type { Logger } from '../../logging/logger';
import { loadOtel } from './otel-packages';
import { openOtelTracing } from './otel-tracing';
import { noTracer, type Tracer } from './tracer';

export type TracingConfiguration = Configuration<typeof tracingVariables>;

/** What is recorded in this process, and where it goes. */
export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what waits, for a second at most. Nothing may be told any more. */
  close(): Promise<void>;
}

/** Where spans are sent, and what they say of the process that they come from. */
export interface TracingTarget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** From 0 to 1: how many of the traces that begin here are recorded. */
  readonly sampleRatio: number;
  readonly version: string;
  readonly resource: Readonly<Record<string, string>>;
}

/** The process, as its spans name it. */
export interface TracedService {
  /** `service.name`, unless the operator gives another. */
  readonly name: string;
  readonly version: string;
}

const OFF: Tracing = { tracer: noTracer, close: () => Promise.resolve() };

/** Opens tracing if the operator has named a collector. Without one not even the code of OpenTelemetry is loaded. */
export async function openTracing(
  config: TracingConfiguration,
  service: TracedService,
  logger: Logger,
): Promise<Tracing> {
  const endpoint = config.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return OFF;
  const otel = await loadOtel();
  const target = {
    url: `${endpoint}/v1/traces`,
    headers: config.OTEL_EXPORTER_OTLP_HEADERS,
    sampleRatio: config.OTEL_TRACES_SAMPLER_ARG,
    version: service.version,
    resource: {
      'service.version': service.version,
      'service.instance.id': randomUUID(),
      ...config.OTEL_RESOURCE_ATTRIBUTES,
      'service.name': config.OTEL_SERVICE_NAME ?? config.OTEL_RESOURCE_ATTRIBUTES['service.name'] ?? service.name,
    },
  };
  logger.info('traces are exported', { event: 'tracing', ratio: target.sampleRatio });
  return openOtelTracing(otel, target, logger);
}
