import { answer, read, sideOf } from '../testing/replies';
import { Comparer, type Outcome } from './comparer';

const never = new AbortController().signal;
const ofBody = (body: unknown) => ({ answer: answer(body) });

function compared(release: ReturnType<typeof sideOf>, service: ReturnType<typeof sideOf>): Promise<Outcome> {
  return new Comparer({ release, service, rereads: 3, pauseMs: 1 }).compare(read(), never);
}

/** The differences that an outcome has, with those that move. */
function shown(outcome: Outcome): string[] {
  if (outcome.result !== 'different') return [outcome.result];
  return outcome.differences.map(({ kind, pointer, moving }) => `${kind} ${pointer}${moving ? ' moving' : ''}`);
}

describe('a comparison', () => {
  it('of equal answers asks once, both by the same id', async () => {
    const [release, service] = [sideOf(ofBody({ a: 1 })), sideOf(ofBody({ a: 1 }))];
    expect(await compared(release, service)).toEqual({ result: 'equal' });
    expect(release.asked).toEqual([expect.stringMatching(/^req_/)]);
    expect(service.asked).toEqual(release.asked);
  });

  it('of answers that differ in what is volatile asks once', async () => {
    const service = sideOf(ofBody({ instance: 'b' }));
    expect(await compared(sideOf(ofBody({ instance: 'a' })), service)).toEqual({ result: 'volatile' });
    expect(service.asked).toHaveLength(1);
  });

  it.each([1, 2, 3])('settles when a side catches up after %i further reads', async (rereads) => {
    const late = Array.from({ length: rereads }, () => ofBody({ status: 'running' }));
    const service = sideOf(ofBody({ status: 'running' }), ...late.slice(1), ofBody({ status: 'completed' }));
    expect(await compared(sideOf(ofBody({ status: 'completed' })), service)).toEqual({ result: 'settled', rereads });
  });

  it('settles when a side that was silent answers', async () => {
    const service = sideOf({ silence: 'ECONNREFUSED' }, ofBody(1));
    expect(await compared(sideOf(ofBody(1)), service)).toEqual({ result: 'settled', rereads: 1 });
  });

  it('settles when no difference lasts, although there always is one', async () => {
    const release = sideOf(ofBody({ a: 1, b: 1 }), ofBody({ a: 2, b: 2 }));
    const service = sideOf(ofBody({ a: 2, b: 1 }), ofBody({ a: 2, b: 1 }));
    expect(await compared(release, service)).toEqual({ result: 'settled', rereads: 1 });
  });

  it('of answers that never agree gives up after three further reads', async () => {
    const [release, service] = [sideOf(ofBody({ a: 1 })), sideOf(ofBody({ b: 1 }))];
    expect(shown(await compared(release, service))).toEqual(['missing-field /a', 'added-field /b']);
    expect(release.asked).toHaveLength(4);
  });

  it('tells what moves by itself from what does not', async () => {
    const counting = (name: string, from: number) =>
      [0, 1, 2, 3].map((n) => ofBody({ total: from + n, [name]: 'x' })) as [ReturnType<typeof ofBody>];
    const outcome = await compared(sideOf(...counting('name', 10)), sideOf(...counting('title', 20)));
    expect(shown(outcome)).toEqual(['changed-value /total moving', 'missing-field /name', 'added-field /title']);
  });

  it('never calls a status moving', async () => {
    const bad = { answer: answer({}, { status: 500 }) };
    const worse = { answer: answer({}, { status: 503 }) };
    expect(shown(await compared(sideOf(ofBody({})), sideOf(bad, worse, bad, worse)))).toEqual(['status ']);
  });

  it.each(['stream', 'rate-limited', 'too-large'] as const)('is none when an answer is %s', async (incomparable) => {
    const skipped = { result: 'skipped', reason: incomparable };
    expect(await compared(sideOf(ofBody(1)), sideOf({ incomparable }))).toEqual(skipped);
    expect(await compared(sideOf({ incomparable }), sideOf({ silence: 'x' }))).toEqual(skipped);
  });

  it('is none when nobody answers', async () => {
    const silent = sideOf({ silence: 'ECONNREFUSED' });
    expect(await compared(silent, silent)).toEqual({ result: 'skipped', reason: 'unanswered-both' });
  });

  it('ends when it is stopped', async () => {
    const comparer = new Comparer({
      ...{ release: sideOf(ofBody(1)), service: sideOf(ofBody(2)) },
      ...{ rereads: 3, pauseMs: 600_000 },
    });
    const stop = new AbortController();
    const outcome = comparer.compare(read(), stop.signal);
    stop.abort();
    expect((await outcome).result).toBe('different');
  });
});
