import type * as api from '@opentelemetry/api';
import type * as otlp from '@opentelemetry/exporter-trace-otlp-http';
import type * as resources from '@opentelemetry/resources';
import type * as sdk from '@opentelemetry/sdk-trace';

/** What is used of OpenTelemetry. */
export interface Otel {
  readonly api: typeof api;
  readonly otlp: typeof otlp;
  readonly resources: typeof resources;
  readonly sdk: typeof sdk;
}

/** Takes some 20 MB and, on a cold start, most of a second, so it is done only where a collector is named. */
export async function loadOtel(): Promise<Otel> {
  const [api, otlp, resources, sdk] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-trace'),
  ]);
  return { api, otlp, resources, sdk };
}
