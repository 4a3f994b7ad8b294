export { LaterSpans } from './later-spans';
export { openTracing, type TracedService, type Tracing, type TracingConfiguration } from './open-tracing';
export * from './trace-context';
export { serverAttributes, tracedFetch, type OutgoingRequest } from './traced-fetch';
export * from './tracer';
