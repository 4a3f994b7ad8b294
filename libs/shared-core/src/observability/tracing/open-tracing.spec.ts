import { readConfiguration } from '../../config/read-configuration';
import { tracingVariables } from '../../config/tracing-variables';
import { memoryLogger, OtlpCollector, waitFor } from '../../testing';
import { openTracing, type Tracing } from './open-tracing';
import { derivedSpanId } from './trace-context';
import { noTracer, record } from './tracer';

const caller = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true };
const LONG_AGO = Date.parse('2020-01-01T00:00:00.000Z');

describe('tracing to a collector', () => {
  let collector: OtlpCollector;
  let tracing: Tracing;
  const { logger, lines } = memoryLogger();

  const open = (variables: Record<string, string> = {}) => {
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, ...variables };
    return openTracing(readConfiguration(tracingVariables, environment), { name: 'app', version: '1.2.3' }, logger);
  };

  beforeEach(async () => {
    collector = await OtlpCollector.start();
    lines.length = 0;
  });
  afterEach(async () => {
    await tracing.close();
    await collector.stop();
  });

  it('sends what is over as it was told, with the times and the id that it has, and who says it', async () => {
    tracing = await open({
      OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.name=other',
      OTEL_SERVICE_NAME: 'mine',
    });
    record(tracing.tracer, {
      name: 'step',
      kind: 'consumer',
      parent: caller,
      spanId: derivedSpanId('step'),
      startedAt: LONG_AGO,
      endedAt: LONG_AGO + 5,
      attributes: { text: 'a', number: 2, flag: true, list: ['a', 'b'], absent: undefined },
      events: [{ name: 'waited', at: LONG_AGO + 1, attributes: { for: 'a job' } }],
      errorType: 'step_timeout',
    });
    await tracing.close();
    expect(collector.requests).toMatchObject([{ path: '/v1/traces', headers: { 'x-key': 'a b' } }]);
    expect(collector.spans).toMatchObject([
      {
        name: 'step',
        kind: 5,
        traceId: caller.traceId,
        parentSpanId: caller.spanId,
        spanId: derivedSpanId('step'),
        startedAt: LONG_AGO,
        endedAt: LONG_AGO + 5,
        attributes: { text: 'a', number: 2, flag: true, list: ['a', 'b'], 'error.type': 'step_timeout' },
        events: [{ name: 'waited', attributes: { for: 'a job' } }],
        status: 2,
        resource: {
          'service.name': 'mine',
          'service.version': '1.2.3',
          'deployment.environment.name': 'test',
          'telemetry.sdk.language': 'nodejs',
        },
      },
    ]);
    expect(collector.spans[0]?.attributes).not.toHaveProperty('absent');
  });

  it('gives each other span an id of its own, and times that it takes itself', async () => {
    tracing = await open();
    const before = Date.now();
    const spans = [
      tracing.tracer.start({ name: 'a', spanId: derivedSpanId('a') }),
      tracing.tracer.start({ name: 'b' }),
    ];
    for (const span of spans) span.end();
    await tracing.close();
    const [a, b] = collector.spans;
    expect(a?.spanId).toBe(derivedSpanId('a'));
    expect(b?.spanId).not.toBe(a?.spanId);
    expect(b?.traceId).not.toBe(a?.traceId);
    expect(Number(b?.startedAt)).toBeGreaterThanOrEqual(before - 1);
    expect(a?.resource['service.name']).toBe('app');
  });

  it('follows the decision of the caller, and decides by the ratio where there is none', async () => {
    tracing = await open({ OTEL_TRACES_SAMPLER_ARG: '0' });
    const root = tracing.tracer.start({ name: 'root' });
    expect(root.context).toMatchObject({ sampled: false });
    const child = tracing.tracer.start({ name: 'child', parent: root.context });
    expect(child.context).toMatchObject({ traceId: root.context?.traceId, sampled: false });
    const wanted = tracing.tracer.start({ name: 'wanted', parent: caller });
    for (const span of [child, root, wanted]) span.end();
    await tracing.close();
    expect(collector.spans.map(({ name }) => name)).toEqual(['wanted']);
  });

  it('logs once, and goes on, when the collector refuses', async () => {
    tracing = await open();
    collector.status = 400;
    const lost = () => lines.filter(({ event }) => event === 'spans_lost');
    tracing.tracer.start({ name: 'lost' }).end();
    await waitFor(() => lost().length > 0);
    collector.status = 200;
    tracing.tracer.start({ name: 'kept' }).end();
    await tracing.close();
    expect(collector.spans.map(({ name }) => name)).toEqual(['kept']);
    expect(lost()).toHaveLength(1);
  });

  it('keeps no more spans than its queue has room for', async () => {
    tracing = await open();
    const told = 10_000;
    // In one turn of the event loop: nothing can be sent meanwhile.
    for (let n = 0; n < told; n += 1) tracing.tracer.start({ name: 'span' }).end();
    await tracing.close();
    expect(collector.spans.length).toBeGreaterThan(0);
    expect(collector.spans.length).toBeLessThan(told / 2);
  });

  it('is not there without a collector', async () => {
    const config = readConfiguration(tracingVariables, { OTEL_SERVICE_NAME: 'mine' });
    tracing = await openTracing(config, { name: 'app', version: '1' }, logger);
    expect(tracing.tracer).toBe(noTracer);
    expect(lines).toEqual([]);
    expect(collector.connections).toBe(0);
  });
});

describe('the variables of OpenTelemetry', () => {
  it('are read by their own rules', () => {
    expect(
      readConfiguration(tracingVariables, {
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/',
        OTEL_EXPORTER_OTLP_HEADERS: ' authorization = Bearer%20x=y , a=,',
        OTEL_TRACES_SAMPLER_ARG: '0.25',
      }),
    ).toEqual({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_HEADERS: { authorization: 'Bearer x=y', a: '' },
      OTEL_TRACES_SAMPLER_ARG: 0.25,
      OTEL_SERVICE_NAME: undefined,
      OTEL_RESOURCE_ATTRIBUTES: {},
    });
  });

  it.each([
    ['OTEL_TRACES_SAMPLER_ARG', '1.1'],
    ['OTEL_TRACES_SAMPLER_ARG', '-0.5'],
    ['OTEL_TRACES_SAMPLER_ARG', 'all'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', '127.0.0.1:4318'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'secret-key'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'key=%zz-secret'],
    ['OTEL_RESOURCE_ATTRIBUTES', '=secret'],
  ])('refuse %s=%s, and quote no secret', (name, value) => {
    const read = () => readConfiguration(tracingVariables, { [name]: value });
    expect(read).toThrow(name);
    expect(read).not.toThrow('secret');
  });
});
