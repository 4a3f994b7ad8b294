import { MemoryTracer, memoryLogger } from '../../testing';
import { AppError } from '../../errors/app-error';
import { LaterSpans } from './later-spans';
import { OccasionalWarning } from './occasional-warning';
import { currentTrace, traceparentOf, withTrace } from './trace-context';
import { tracedFetch } from './traced-fetch';
import { noTracer, record, traced } from './tracer';

const caller = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true };
const URL_WITH_SECRETS = 'https://me:pass@example.org/v1/chat?key=secret';

describe('work in a span', () => {
  let tracer: MemoryTracer;
  beforeEach(() => (tracer = new MemoryTracer()));

  it('is a child of the work around it, and parent of the work in it', async () => {
    await withTrace(caller, () =>
      traced(tracer, { name: 'outer' }, async () => {
        await traced(tracer, { name: 'inner' }, async () => undefined);
      }),
    );
    const [inner, outer] = tracer.spans;
    expect(outer).toMatchObject({ name: 'outer', parent: caller, errorType: undefined });
    expect(inner).toMatchObject({ name: 'inner', parent: outer?.context });
  });

  it.each([
    [new AppError('conflict', 'no'), 'conflict'],
    [Object.assign(new Error('no'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [new TypeError('no'), 'TypeError'],
    ['no', '_OTHER'],
  ])('fails with what it throws: %s', async (error, errorType) => {
    const failing = traced(tracer, { name: 'work', parent: caller }, () => Promise.reject(error as Error));
    await expect(failing).rejects.toBe(error);
    expect(tracer.spans).toMatchObject([{ name: 'work', errorType }]);
  });

  it('has no span outside of a trace', async () => {
    expect(await traced(tracer, { name: 'poll' }, async (span) => span.context)).toBeUndefined();
    expect(tracer.spans).toEqual([]);
  });

  it('passes the trace of a caller on where nothing is recorded', async () => {
    const seen = await traced(noTracer, { name: 'work', parent: caller }, async (span) => [
      span.context,
      currentTrace(),
    ]);
    expect(seen).toEqual([caller, caller]);
    expect(noTracer.start({ name: 'work' }).context).toBeUndefined();
  });

  it('does not end before it has begun, whatever the clocks of two processes say', () => {
    const ends: (number | undefined)[] = [];
    const start = () => ({ ...noTracer.start({ name: '' }), end: (at?: number) => void ends.push(at) });
    record({ enabled: true, start }, { name: 'step', startedAt: 10, endedAt: 7 });
    expect(ends).toEqual([10]);
  });
});

describe('a request to another service', () => {
  const answer = (status: number) => (headers: Readonly<Record<string, string>>) =>
    Promise.resolve(new Response(JSON.stringify(headers), { status }));
  const request = { method: 'POST', url: URL_WITH_SECRETS, template: '/v1/chat', resends: 1 };

  it('carries its own span, and tells neither password nor query', async () => {
    const tracer = new MemoryTracer();
    const response = await withTrace(caller, () => tracedFetch(tracer, request, answer(429)));
    const [span] = tracer.spans;
    expect(await response.json()).toEqual({ traceparent: traceparentOf(span?.context ?? caller) });
    expect(span).toMatchObject({ name: 'POST /v1/chat', kind: 'client', parent: caller, errorType: '429' });
    expect(span?.attributes).toEqual({
      'http.request.method': 'POST',
      'http.request.resend_count': 1,
      'http.response.status_code': 429,
      'server.address': 'example.org',
      'server.port': 443,
      'url.full': 'https://example.org/v1/chat',
      'url.template': '/v1/chat',
    });
  });

  it('fails with what it throws', async () => {
    const tracer = new MemoryTracer();
    const failing = () => Promise.reject(Object.assign(new Error('no'), { code: 'ECONNRESET' }));
    await expect(withTrace(caller, () => tracedFetch(tracer, request, failing))).rejects.toThrow('no');
    expect(tracer.spans).toMatchObject([{ errorType: 'ECONNRESET' }]);
  });

  it('carries the trace of its caller where nothing is recorded, and none where there is none', async () => {
    const sent = withTrace(caller, () => tracedFetch(noTracer, request, answer(200)));
    expect(await (await sent).json()).toEqual({ traceparent: traceparentOf(caller) });
    expect(await (await tracedFetch(noTracer, request, answer(200))).json()).toEqual({});
    expect(await (await tracedFetch(new MemoryTracer(), request, answer(200))).json()).toEqual({});
  });
});

describe('spans that need a read', () => {
  it('are told beside the work, in bounds, and fail without it', async () => {
    const tracer = new MemoryTracer();
    const { logger, lines } = memoryLogger();
    const later = new LaterSpans(tracer, logger, 2);
    let go = (): void => undefined;
    const reading = new Promise<void>((resolve) => (go = resolve));
    const tell = (name: string) => async () => {
      await reading;
      expect(currentTrace()).toBeUndefined();
      record(tracer, { name, startedAt: 1, endedAt: 2 });
    };
    withTrace(caller, () => later.add(tell('first')));
    later.add(() => Promise.reject(new Error('the database is away')));
    later.add(tell('one too many'));
    go();
    await later.settled();
    expect(tracer.spans.map(({ name }) => name)).toEqual(['first']);
    expect(lines).toMatchObject([{ level: 'warn', event: 'spans_failed' }]);
    later.add(tell('second'));
    await later.settled();
    expect(tracer.spans.map(({ name }) => name)).toEqual(['first', 'second']);
  });
});

describe('a warning about what happens often', () => {
  it('is given once a minute, with how often it was', () => {
    const { logger, lines } = memoryLogger();
    let now = 0;
    const warning = new OccasionalWarning(logger, 'spans were lost', 'spans_lost', () => now);
    for (let n = 0; n < 5; n += 1) warning.give({ detail: 'x' });
    expect(lines).toMatchObject([{ level: 'warn', event: 'spans_lost', times: 1 }]);
    now = 60_000;
    warning.give({ detail: 'x' });
    expect(lines).toMatchObject([{ times: 1 }, { times: 5 }]);
  });
});
