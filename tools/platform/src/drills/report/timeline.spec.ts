import fc from 'fast-check';
import type { EndedRequest, Summary } from './aggregate';
import { ended, ManualTimeline } from './testing/sample-drill';

interface Timed extends EndedRequest {
  /** Milliseconds after the one before. */
  readonly afterMs: number;
}

const timed: fc.Arbitrary<Timed> = fc
  .record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 9_000 })),
    server: fc.constantFrom('agent-management', 'monolith', 'coordinator-api', '', '__proto__', '10.0.0.1:80'),
    kind: fc.constantFrom('read' as const, 'write' as const),
    ms: fc.double({ min: 0, max: 60_000, noNaN: true }),
    failed: fc.boolean(),
  })
  .map(({ failed, ...rest }) => (failed ? { ...rest, failure: 'GET /x: 502' } : rest));

/** The same, from all requests at once; percentiles as bounds. */
function expectSummary(summary: Summary, requests: readonly EndedRequest[]): void {
  const count = (wanted: (each: EndedRequest) => boolean) => requests.filter(wanted).length;
  expect(summary).toMatchObject({
    requests: requests.length,
    reads: count(({ kind }) => kind === 'read'),
    writes: count(({ kind }) => kind === 'write'),
    failedReads: count(({ kind, failure }) => kind === 'read' && failure !== undefined),
    failedWrites: count(({ kind, failure }) => kind === 'write' && failure !== undefined),
    longest: Math.max(0, ...requests.map(({ ms }) => ms)),
  });
  const servers = [...new Set(requests.map(({ server }) => server))];
  expect(new Map(Object.entries(summary.byServer))).toEqual(
    new Map(servers.map((name) => [name, count(({ server }) => server === name)])),
  );
  const sorted = requests.map(({ ms }) => ms).sort((a, b) => a - b);
  for (const [percent, value] of [
    [50, summary.p50],
    [99, summary.p99],
  ] as const) {
    const rank = Math.max(Math.floor((percent / 100) * sorted.length + 0.5), 1);
    const exact = sorted[rank - 1] ?? 0;
    expect(value).toBeGreaterThanOrEqual(exact - 0.001);
    expect(value).toBeLessThanOrEqual(exact * 1.01 + 0.001);
  }
}

/** Lets them happen, and says when each of them ended. */
function play(timeline: ManualTimeline, requests: readonly Timed[]): number[] {
  let atMs = 0;
  return requests.map((request) => {
    timeline.pass(request.afterMs);
    atMs += request.afterMs;
    timeline.request(request);
    return atMs;
  });
}

describe('the timeline of a drill', () => {
  it('counts exactly, and knows percentiles to 1 %, whatever the requests', () => {
    fc.assert(
      fc.property(fc.array(timed, { maxLength: 150 }), (requests) => {
        const timeline = new ManualTimeline();
        play(timeline, requests);
        expectSummary(timeline.total(), requests);
      }),
      { numRuns: 60 },
    );
  });

  it('has each request in the column in which it ended, and never more than 300 columns', () => {
    fc.assert(
      fc.property(fc.array(timed, { minLength: 1, maxLength: 150 }), (requests) => {
        const timeline = new ManualTimeline();
        const times = play(timeline, requests);
        const { columns, columnMs, endMs } = timeline.series();
        expect(endMs).toBe(times.at(-1));
        expect(columns.length).toBeLessThanOrEqual(300);
        columns.forEach((column, index) => {
          expect(column.startMs).toBe(index * columnMs);
          expectSummary(
            column,
            requests.filter((_, each) => Math.floor((times[each] ?? 0) / columnMs) === index),
          );
        });
      }),
      { numRuns: 30 },
    );
  });

  it.each([10, 90, 600, 1_800])('draws a drill of %d s in 150 to 300 columns', (seconds) => {
    const timeline = new ManualTimeline();
    for (let second = 0; second < seconds; second += 1) {
      timeline.pass(1_000);
      timeline.request(ended());
    }
    const { columns, endMs } = timeline.series();
    expect(endMs).toBe(seconds * 1_000);
    expect(columns.length).toBeGreaterThanOrEqual(150);
    expect(columns.length).toBeLessThanOrEqual(300);
    expect(columns.reduce((sum, { requests }) => sum + requests, 0)).toBe(seconds);
  });

  it('gives a request to the phases in which it ends, also to the one around', async () => {
    const timeline = new ManualTimeline();
    timeline.request(ended());
    await timeline.span({ name: 'outer', tolerates: 'unacknowledged writes' }, async () => {
      timeline.pass(1_000);
      timeline.request(ended({ ms: 900_000 })); // it began long before
      await timeline.span({ name: 'inner', tolerates: 'nothing' }, async () => {
        timeline.pass(500);
        timeline.request(ended({ kind: 'write', failure: 'POST /x: 502' }));
      });
      timeline.pass(500);
      timeline.request(ended());
    });
    timeline.request(ended({ failure: 'GET /x: no answer' }));
    expect(timeline.phases()).toMatchObject([
      { name: 'outer', requests: 3, untolerated: 0, beganMs: 0, endedMs: 2_000, requestsPerSecond: 1.5, state: 'done' },
      { name: 'inner', requests: 1, untolerated: 1, beganMs: 1_000, endedMs: 1_500, requestsPerSecond: 2 },
    ]);
    expect(timeline.phases()[0]?.longest).toBe(900_000);
    expect(timeline.total()).toMatchObject({ requests: 5, failedReads: 1, failedWrites: 1 });
    expect(timeline.failures).toEqual([
      { atMs: 1_500, phase: 'inner', kind: 'write', reason: 'POST /x: 502' },
      { atMs: 2_000, phase: '', kind: 'read', reason: 'GET /x: no answer' },
    ]);
  });

  it('records what a phase threw and throws it again', async () => {
    const timeline = new ManualTimeline();
    const error = new Error('the service did not come back');
    const phase = { name: 'kill', tolerates: 'nothing' } as const;
    await expect(timeline.span(phase, () => Promise.reject(error))).rejects.toBe(error);
    expect(timeline.phases()).toMatchObject([{ state: 'threw', error: 'the service did not come back' }]);
    // Whatever it throws, it has not come to its end.
    await expect(timeline.span(phase, jest.fn().mockRejectedValue(undefined))).rejects.toBe(undefined);
    expect(timeline.phases()[1]?.state).toBe('threw');
  });

  it('keeps the first failures only, and the count of all', () => {
    const timeline = new ManualTimeline();
    for (let index = 0; index < 3_000; index += 1) timeline.request(ended({ failure: `GET /${index}: 502` }));
    expect(timeline.failures).toHaveLength(1_000);
    expect(timeline.failures.at(-1)?.reason).toBe('GET /999: 502');
    expect(timeline.total().failedReads).toBe(3_000);
  });

  it('makes no great rate of a sliver at the end', () => {
    const timeline = new ManualTimeline();
    timeline.pass(101);
    timeline.request(ended());
    expect(timeline.series().columns.map(({ requestsPerSecond }) => requestsPerSecond)).toEqual([0, 0, 40]);
  });
});
