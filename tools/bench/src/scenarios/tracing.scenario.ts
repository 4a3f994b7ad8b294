import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  createLogger,
  noTracer,
  openTracing,
  parseTraceparent,
  traced,
  type Tracer,
  withTrace,
} from '@aitbc/shared-core';
import type { Bench, Prepared, Scale, Scenario } from '../scenario';

const CALLER = parseTraceparent('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01');
/** What a call has to do besides; more is what spans cost. */
const work = (): Promise<undefined> => Promise.resolve(undefined);
const span = {
  name: 'POST',
  kind: 'client',
  attributes: { 'http.request.method': 'POST', 'server.port': 443 },
} as const;
/** Between two turns of the event loop, in which spans are sent. */
const CALLS_A_TURN = 500;

/** What a call costs that would be told as a span: without tracing, with tracing off, and to a collector. */
export const tracing: Scenario = {
  name: 'tracing',
  figures: [
    { key: 'bare', what: 'an asynchronous call of nothing', unit: 'a second' },
    { key: 'off', what: '… in a span, with tracing off', unit: 'a second', bar: { atLeast: 1_000_000 } },
    { key: 'carried', what: '… the same in the trace of a caller, which is passed on', unit: 'a second' },
    { key: 'on', what: '… told to a collector', unit: 'a second' },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const collector = createServer((request, response) => request.resume().on('end', () => response.end('{}')));
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const config = {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      OTEL_EXPORTER_OTLP_HEADERS: {},
      OTEL_TRACES_SAMPLER_ARG: 1,
      OTEL_SERVICE_NAME: undefined,
      OTEL_RESOURCE_ATTRIBUTES: {},
    };
    const logger = createLogger({ service: 'bench', level: 'error', format: 'json' });
    const opened = await openTracing(config, { name: 'bench', version: '1' }, logger);
    const inTrace = (of: Tracer) => () => withTrace(CALLER, () => traced(of, span, work));
    return {
      measure: async () => ({
        bare: await rateOf(bench.scale, work),
        off: await rateOf(bench.scale, () => traced(noTracer, span, work)),
        carried: await rateOf(bench.scale, inTrace(noTracer)),
        on: await rateOf(bench.scale, inTrace(opened.tracer)),
      }),
      async close() {
        await opened.close();
        collector.closeAllConnections();
        collector.close();
      },
    };
  },
};

async function rateOf({ warmUpMs, durationMs }: Scale, call: () => Promise<unknown>): Promise<number> {
  await callsIn(warmUpMs / 4, call);
  return callsIn(durationMs / 4, call);
}

/** Calls a second, one after another, for so many milliseconds. */
async function callsIn(ms: number, call: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let calls = 0;
  while (performance.now() - began < ms) {
    for (let n = 0; n < CALLS_A_TURN; n += 1) await call();
    calls += CALLS_A_TURN;
    await nextTurn();
  }
  return (calls / (performance.now() - began)) * 1_000;
}
