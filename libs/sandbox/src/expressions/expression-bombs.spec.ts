import { PATIENT, whileWatched } from '../testing/processes';
import { ExpressionPool } from './expression-pool';

const STOPPED = /^expression_(timeout|resource_limit)$/;

/** Each is harmless to write and would stall or kill the process that evaluates it. */
const BOMBS: Readonly<Record<string, string>> = {
  'a string of 400 MB': '$pad("x", 4e8)',
  'the length of such a string': '$length($pad("x", 4e8))',
  'a string that doubles': '($f := function($s) { $f($s & $s) }; $f("x"))',
  'a string that doubles 40 times':
    '($f := function($s, $n) { $n = 0 ? $length($s) : $f($s & $s, $n - 1) }; $f("x", 40))',
  'a pattern that backtracks': '$match($pad("", 50, "a") & "!", /^(a+)+$/)',
  'endless tail recursion': '($f := function($x) { $f($x) }; $f(1))',
  'endless other recursion': '($f := function($x) { 1 + $f($x) }; $f(1))',
  'recursion that branches': '($f := function($x) { $f($x) + $f($x) }; $f(1))',
  'a range of 1e9': '[1..1e9]',
  'ranges multiplied': '[1..5000].([1..5000].([1..5000]))',
  'an array that doubles': '($f := function($a) { $f($append($a, $a)) }; $f([1,2,3]))',
  'a string split and joined': '$join($split($pad("", 30000000, "ab"), ""), ",")',
  'an eval that evals':
    '($f := "$eval($f)"; $eval($f, {"f": $f}); ($g := function($x) { $g($eval("[1..10000]")) })(1))',
};

/**
 * Without its limits a bomb would run for minutes or for ever. That it ends within a second is a row of the benchmark:
 * a test on a machine that others use too can tell only that it was stopped.
 */
const STOPPED_WITHIN_MS = 10_000;

describe('an expression that never should have been written', () => {
  const pool = new ExpressionPool({ size: 2 });
  beforeAll(() => pool.evaluate('1', { root: {} }, PATIENT));
  afterAll(() => pool.close());

  it.each(Object.entries(BOMBS))('%s is stopped; its neighbours and the service do not notice', async (_, bomb) => {
    const { result, busyMs, ticks, steps, grownBytes } = await whileWatched(async () => {
      const started = performance.now();
      const failure = pool.evaluate(bomb, { root: {} }).then(
        (value) => ({ value, tookMs: 0 }),
        (error: unknown) => ({ error, tookMs: performance.now() - started }),
      );
      const neighbours = Array.from({ length: 40 }, (_unused, n) => pool.evaluate('n + 1', { root: { n } }, PATIENT));
      return { failed: await failure, neighbours: await Promise.all(neighbours) };
    });
    expect(result.failed).toMatchObject({ error: { code: expect.stringMatching(STOPPED) } });
    expect(result.failed.tookMs).toBeLessThan(STOPPED_WITHIN_MS);
    expect(result.neighbours).toEqual(Array.from({ length: 40 }, (_unused, n) => n + 1));
    expect(busyMs).toBeLessThan(200);
    expect(ticks).toBeGreaterThanOrEqual(Math.floor(steps / 20));
    expect(grownBytes).toBeLessThan(64 * 1024 * 1024);
  });

  it('many at once still let good ones through', async () => {
    const bombs = Object.values(BOMBS)
      .slice(0, 6)
      .map((bomb) => pool.evaluate(bomb, { root: {} }));
    const good = Array.from({ length: 50 }, (_, n) => pool.evaluate('n', { root: { n } }, PATIENT));
    const ended = await Promise.allSettled(bombs);
    expect(ended.map((one) => one.status)).toEqual(bombs.map(() => 'rejected'));
    expect(await Promise.all(good)).toHaveLength(50);
  });
});
