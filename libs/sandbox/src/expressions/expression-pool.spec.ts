import { isRunning, PATIENT, until } from '../testing/processes';
import { ExpressionPool } from './expression-pool';

describe('ExpressionPool', () => {
  const pool = new ExpressionPool({ size: 2, ...PATIENT, maxInputBytes: 200_000, maxOutputBytes: 100_000 });
  afterAll(() => pool.close());

  it('evaluates over the root and the bindings', async () => {
    const context = { root: { price: 3, items: [1, 2, 3] }, bindings: { factor: 2 } };
    await expect(pool.evaluate('$sum(items) * price * $factor', context)).resolves.toBe(36);
  });

  it('gives undefined where JSONata finds nothing, and null where the data has null', async () => {
    await expect(pool.evaluate('absent', { root: {} })).resolves.toBeUndefined();
    await expect(pool.evaluate('here', { root: { here: null } })).resolves.toBeNull();
  });

  it('keeps the order of results when many callers share the children', async () => {
    const numbers = Array.from({ length: 500 }, (_, index) => index);
    const results = await Promise.all(numbers.map((n) => pool.evaluate('n * 2', { root: { n } })));
    expect(results).toEqual(numbers.map((n) => n * 2));
  });

  it('carries any text unharmed', async () => {
    const root = { text: 'line\nbreak \u2028 "quote" \u{1f600} \u0000 \ud800' };
    await expect(pool.evaluate('text', { root })).resolves.toBe(root.text);
  });

  it('allows recursion of ordinary depth', async () => {
    const factorial = '($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(100))';
    await expect(pool.evaluate(factorial, { root: {} })).resolves.toBeCloseTo(9.33e157, -156);
  });

  it('never sees what another evaluation of the same text has bound', async () => {
    await pool.evaluate('$kept := secret', { root: { secret: 'a' } });
    const results = await Promise.all(
      Array.from({ length: 10 }, () =>
        pool.evaluate('$exists($kept) ? $kept : ($kept := secret)', { root: { secret: 'b' } }),
      ),
    );
    expect(new Set(results)).toEqual(new Set(['b']));
  });

  it('reports an error of the expression with its message and position', async () => {
    await expect(pool.evaluate('1 + "a"', { root: {} })).rejects.toMatchObject({
      code: 'expression_failed',
      message: expect.stringContaining('right side of the "+" operator'),
      position: 3,
    });
    await expect(pool.evaluate('$error("no\nluck")', { root: {} })).rejects.toMatchObject({
      code: 'expression_failed',
      message: 'no luck',
    });
  });

  it.each(['$sum', 'function($x) { $x }', '{"a": [$sum]}', '/a+/', '{"f": function($x) { $x }}'])(
    'refuses a function as a result: %s',
    async (expression) => {
      await expect(pool.evaluate(expression, { root: {} })).rejects.toMatchObject({
        code: 'expression_failed',
        message: 'the result is or holds a function',
      });
    },
  );

  it('refuses results that are too large or too deep, and input that is too large', async () => {
    await expect(pool.evaluate('$pad("x", 100001)', { root: {} })).rejects.toMatchObject({
      code: 'expression_resource_limit',
    });
    const nest = '($f := function($n) { $n = 0 ? 1 : [[$f($n - 1)]] }; $f(80))';
    await expect(pool.evaluate(nest, { root: {} })).rejects.toMatchObject({ code: 'expression_failed' });
    const root = 'x'.repeat(200_001);
    await expect(pool.evaluate('$', { root })).rejects.toMatchObject({ code: 'expression_resource_limit' });
  });

  it('refuses a context that is no JSON', async () => {
    await expect(pool.evaluate('$', { root: 1n })).rejects.toMatchObject({ code: 'expression_failed' });
  });

  it('reaches no object of the host from an expression', async () => {
    for (const path of ['constructor', '__proto__', '$sum.constructor', '"a".constructor.constructor', '$.toString']) {
      await expect(pool.evaluate(path, { root: {} })).resolves.toBeUndefined();
    }
  });

  describe('a batch', () => {
    it('reports each expression by itself', async () => {
      const outcomes = await pool.evaluateAll(['a', 'a +', 'missing', '$error("bad")', 'a + 1'], { root: { a: 1 } });
      expect(outcomes).toMatchObject([
        { ok: true, value: 1 },
        { ok: false, error: { code: 'expression_failed' } },
        { ok: true, value: undefined },
        { ok: false, error: { message: 'bad' } },
        { ok: true, value: 2 },
      ]);
    });

    it('loses only the expression that had to be killed', async () => {
      const outcomes = await pool.evaluateAll(['1', '$length($pad("x", 4e8))', '3'], { root: {} });
      expect(outcomes).toMatchObject([{ value: 1 }, { ok: false }, { value: 3 }]);
    });

    it('ends when the time for the whole of it is used up', async () => {
      // Each bomb for as long as one may take would be longer than this test may.
      const own = new ExpressionPool({ size: 1, timeoutMs: 2_000 });
      const bomb = '$match($pad("", 40, "a") & "!", /^(a+)+$/)';
      const outcomes = await own.evaluateAll(['1', ...Array.from({ length: 20 }, () => bomb), '3'], { root: {} });
      await own.close();
      expect(outcomes[0]).toMatchObject({ ok: true });
      expect(outcomes.slice(1).map((outcome) => !outcome.ok && outcome.error.code)).toEqual(
        Array.from({ length: 21 }, () => 'expression_timeout'),
      );
    });

    it('counts the sizes of all its results together', async () => {
      const large = '$pad("x", 60000)';
      const outcomes = await pool.evaluateAll([large, large, '1'], { root: {} });
      expect(outcomes).toMatchObject([{ ok: true }, { error: { code: 'expression_resource_limit' } }, { ok: true }]);
    });
  });

  it('names the paths that an expression reads, without evaluating', async () => {
    await expect(pool.paths('steps.a.output & $steps.b')).resolves.toEqual([
      ['steps', 'a', 'output'],
      ['$steps', 'b'],
    ]);
    await expect(pool.paths('steps.(a')).resolves.toEqual([]);
  });

  it('parses without evaluating', async () => {
    await expect(pool.parse('steps.a.output[x > 1]')).resolves.toBeUndefined();
    await expect(pool.parse('steps.(a')).resolves.toMatchObject({
      position: 8,
      message: expect.stringContaining('end'),
    });
  });

  it('honours a shorter limit for one call', async () => {
    const loop = '($f := function($x) { $f($x) }; $f(1))';
    await expect(pool.evaluate(loop, { root: {} }, { timeoutMs: 40 })).rejects.toMatchObject({
      code: 'expression_timeout',
      message: expect.stringMatching(/\b(32 milliseconds|40 ms)/), // JSONata's own limit, or ours
    });
  });

  it('rejects an aborted call with the reason of its signal, and goes on with the others', async () => {
    const abort = new AbortController();
    const endless = '($f := function($x) { $f($x) }; $f(1))';
    const loop = pool.evaluate(endless, { root: {} }, { signal: abort.signal, timeoutMs: 250 });
    const good = Promise.all(Array.from({ length: 10 }, () => pool.evaluate('1', { root: {} })));
    abort.abort(new Error('cancelled'));
    await expect(loop).rejects.toThrow('cancelled');
    await expect(good).resolves.toHaveLength(10);
    await expect(pool.evaluate('1', { root: {} }, { signal: abort.signal })).rejects.toThrow('cancelled');
  });

  it('rejects what is pending when it closes, and leaves no child behind', async () => {
    const closing = new ExpressionPool({ size: 1, ...PATIENT });
    await closing.evaluate('1', { root: {} });
    const pids = closing.childPids;
    expect(pids.filter(isRunning)).toHaveLength(2);
    const pending = closing.evaluate('$match($pad("", 40, "a") & "!", /^(a+)+$/)', { root: {} });
    const outcome = expect(pending).rejects.toMatchObject({ code: 'sandbox_closed' });
    await Promise.all([closing.close(), closing.close()]);
    await outcome;
    expect(pids.filter(isRunning)).toEqual([]);
    await expect(closing.evaluate('1', { root: {} })).rejects.toMatchObject({ code: 'sandbox_closed' });
  });

  it('replaces a child that somebody killed', async () => {
    const own = new ExpressionPool({ size: 1, ...PATIENT });
    await own.evaluate('1', { root: {} });
    const pids = own.childPids;
    pids.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await until(() => own.childPids.length === 2 && own.childPids.every((pid) => !pids.includes(pid)));
    await expect(own.evaluate('2', { root: {} })).resolves.toBe(2);
    await own.close();
  });
});

it('gives an expression its time anew when the whole machine has stood still meanwhile', async () => {
  const pool = new ExpressionPool({ size: 1, timeoutMs: 200 });
  await pool.evaluate('1', { root: {} });
  const signal = (name: NodeJS.Signals) => pool.childPids.forEach((pid) => process.kill(pid, name));
  signal('SIGSTOP');
  const result = pool.evaluate('2', { root: {} });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
  signal('SIGCONT');
  await expect(result).resolves.toBe(2);
  await pool.close();
});
