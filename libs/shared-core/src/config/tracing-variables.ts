import { str } from 'envalid';
import { httpUrl, nameValueList, ratio } from './variable';

/**
 * Traces, by the names that OpenTelemetry gives these variables
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/).
 */
export const tracingVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl({
    default: undefined,
    desc:
      'collector that traces are sent to (OTLP over HTTP, JSON; `/v1/traces` is added), such as ' +
      '`http://127.0.0.1:4318`; without it nothing is traced',
  }),
  OTEL_EXPORTER_OTLP_HEADERS: nameValueList({
    default: {},
    desc: 'headers for the collector, such as its key: `name=value,…`, percent-encoded',
  }),
  OTEL_TRACES_SAMPLER_ARG: ratio({
    default: 1,
    desc: 'which part of the traces that begin here is recorded, 0..1; a trace of a caller is recorded if the caller says so',
  }),
  OTEL_SERVICE_NAME: str({ default: undefined, desc: '`service.name` in traces; by default the name of the program' }),
  OTEL_RESOURCE_ATTRIBUTES: nameValueList({
    default: {},
    desc: 'what traces say of this process beside its name: `name=value,…`, percent-encoded',
  }),
};
