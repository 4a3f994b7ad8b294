import { PATIENT } from '../testing/processes';
import { CodeLaneSet } from './code-lane-set';
import { CodeSandbox } from './code-sandbox';

describe('CodeSandbox', () => {
  const sandbox = new CodeSandbox({ size: 2, ...PATIENT, maxInputBytes: 100_000, maxOutputBytes: 10_000 });
  beforeAll(() => sandbox.check('export default () => 1'));
  afterAll(() => sandbox.close());

  const returns = (expression: string) => `export default (input) => (${expression})`;

  it('calls the default export with the input and says what it cost', async () => {
    const { output, logs, metrics } = await sandbox.run(returns('input.items.map((x) => x * 2)'), { items: [1, 2] });
    expect(output).toEqual([2, 4]);
    expect(logs).toEqual([]);
    expect(metrics.durationMs).toBeGreaterThan(0);
    expect(metrics.memoryBytes).toBeGreaterThanOrEqual(16 * 1024 * 1024);
  });

  it('runs asynchronous functions, top-level await and thenables', async () => {
    const code = `
      const base = await Promise.resolve(40);
      const one = async () => { for (let i = 0; i < 5000; i++) await null; return 1; };
      export default async function (input) { return { then(done) { one().then((n) => done(base + n + input)); } }; }`;
    await expect(sandbox.run(code, 1)).resolves.toMatchObject({ output: 42 });
  });

  it('collects a bounded log of what the code prints', async () => {
    const code = `export default () => {
      console.log('a', 1, { b: [true, null] }, undefined, { toJSON() { throw 1 } });
      for (let i = 0; i < 1000; i++) console.error('x'.repeat(5000));
      return console.warn('y'.repeat(1e6)) ?? null;
    }`;
    const { logs } = await sandbox.run(code, null);
    expect(logs[0]).toBe('a 1 {"b":[true,null]} undefined [object]');
    expect(logs).toHaveLength(101);
    expect(Math.max(...logs.map((line) => line.length))).toBeLessThanOrEqual(1_001);
  });

  it('reports an exception with its message and line, and what was logged before', async () => {
    const code = `export default (input) => {\n  console.log('so far');\n  return input.absent.field;\n}`;
    await expect(sandbox.run(code, {})).rejects.toMatchObject({
      code: 'code_failed',
      message: expect.stringMatching(/^TypeError: cannot read property 'field' of undefined/),
      line: 3,
      logs: ['so far'],
    });
  });

  it.each([
    ['a thrown string', 'export default () => { throw "plain" }', 'code_failed', 'plain'],
    ['a thrown null', 'export default () => { throw null }', 'code_failed', /no Error/],
    [
      'a rejected promise',
      'export default async () => { throw new RangeError("no") }',
      'code_failed',
      'RangeError: no',
    ],
    ['a top level that throws', 'throw new Error("early"); export default 1', 'code_failed', 'Error: early'],
    [
      'an error whose getters throw',
      'export default () => { throw { get message() { throw 1 } } }',
      'code_failed',
      /no Error/,
    ],
    [
      'a promise that never settles',
      'export default () => new Promise(() => {})',
      'code_failed',
      /nothing can ever settle/,
    ],
    [
      'such an await at the top level',
      'await new Promise(() => {}); export default 1',
      'code_failed',
      /nothing can ever settle/,
    ],
    ['a syntax error', 'export default (', 'code_invalid', /^SyntaxError/],
    ['no default export', 'export const a = 1', 'code_invalid', /no default export/],
    ['a default export that is no function', 'export default {}', 'code_invalid', /no default export/],
    ['an import', 'import fs from "fs"; export default () => 1', 'code_invalid', /could not load module 'fs'/],
    ['a dynamic import', 'export default () => import("fs")', 'code_failed', /could not load module/],
    ['undefined', 'export default () => {}', 'code_invalid', /no JSON form/],
    ['a function as the result', 'export default () => () => 1', 'code_invalid', /no JSON form/],
    ['a BigInt', 'export default () => 1n', 'code_invalid', /BigInt/i],
    ['a circular result', 'export default () => { const a = {}; a.a = a; return a }', 'code_invalid', /circular/],
    [
      'a result that is too large',
      'export default () => "x".repeat(10001)',
      'code_resource_limit',
      /larger than 10000/,
    ],
    [
      'a result that is too deep',
      'export default () => { let a = 1; for (let i = 0; i < 70; i++) a = [a]; return a }',
      'code_resource_limit',
      /deeper/,
    ],
  ])('tells %s', async (_, code, errorCode, message) => {
    await expect(sandbox.run(code, {})).rejects.toMatchObject({
      code: errorCode,
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    });
  });

  it('checks a module without calling it', async () => {
    await expect(sandbox.check('export default () => { throw 1 }')).resolves.toBeUndefined();
    await expect(sandbox.check('\nexport default 1 +')).resolves.toMatchObject({ line: 2 });
    await expect(sandbox.check('for (;;) {}')).resolves.toMatchObject({ message: expect.stringContaining('stopped') });
  });

  it('checks a module once more that was stopped, for the machine may have stood still', async () => {
    const submit = jest.spyOn(CodeLaneSet.prototype, 'submit');
    submit.mockImplementationOnce((job) => job.stop('code_timeout', 'it was stopped after 250 ms'));
    await expect(sandbox.check('export default () => 1')).resolves.toBeUndefined();
    submit.mockClear();
    await sandbox.check('export default (');
    expect(submit).toHaveBeenCalledTimes(1);
    submit.mockRestore();
  });

  it('refuses too much input, and too little memory to run in', async () => {
    const large = 'x'.repeat(100_001);
    await expect(sandbox.run(returns('1'), large)).rejects.toMatchObject({ code: 'code_resource_limit' });
    await expect(sandbox.run(returns('1'), 1, { memoryMb: 8 })).rejects.toMatchObject({ code: 'code_resource_limit' });
    await expect(sandbox.run(returns('1'), 1n)).rejects.toMatchObject({ code: 'code_invalid' });
  });

  it('has nothing of the host in its global scope', async () => {
    const names = [
      'process',
      'require',
      'module',
      'fetch',
      'setTimeout',
      'setImmediate',
      'WebAssembly',
      'std',
      'os',
      'Buffer',
    ];
    const { output } = await sandbox.run(returns(`input.filter((name) => name in globalThis)`), names);
    expect(output).toEqual([]);
  });

  it.each([
    'constructor.constructor("return process")()',
    'console.log.constructor("return process")()',
    '(() => {}).constructor("return require")()("fs")',
    'new Error().constructor.prepareStackTrace.constructor("return process")()',
  ])('has no way out by %s', async (attempt) => {
    await expect(sandbox.run(returns(attempt), {})).rejects.toMatchObject({ code: 'code_failed' });
  });

  it('is not fooled by code that replaces built-in functions', async () => {
    const code = `
      JSON.stringify = () => '{"forged":'; JSON.parse = () => 0; Object.prototype.toJSON = undefined;
      Promise = null; Array.prototype.map = null; globalThis.console = null;
      export default async (input) => ({ input });`;
    await expect(sandbox.run(code, 'kept')).resolves.toMatchObject({ output: { input: 'kept' } });
  });

  it('starts every run from a clean world', async () => {
    const code =
      'globalThis.seen = (globalThis.seen ?? 0) + 1; Array.prototype.seen = 1; export default () => [seen, Object.keys(Array.prototype).length]';
    const runs = await Promise.all(Array.from({ length: 12 }, () => sandbox.run(code, null)));
    expect(new Set(runs.map(({ output }) => JSON.stringify(output)))).toEqual(new Set(['[1,1]']));
  });

  it('ends at once when its signal aborts, whether running or waiting', async () => {
    const abort = new AbortController();
    const started = Date.now();
    const loops = Array.from({ length: 4 }, () =>
      sandbox.run('export default () => { for (;;); }', 1, { ...PATIENT, signal: abort.signal }),
    );
    const outcomes = Promise.allSettled(loops);
    setTimeout(() => abort.abort(new Error('cancelled')), 50);
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { message: 'cancelled' } });
    await expect(sandbox.run(returns('2'), 1)).resolves.toMatchObject({ output: 2 });
    expect(Date.now() - started).toBeLessThan(20_000);
    await expect(sandbox.run(returns('1'), 1, { signal: abort.signal })).rejects.toThrow('cancelled');
  });

  it('rejects what is not done when it closes', async () => {
    const own = new CodeSandbox({ size: 1 });
    await own.check('export default () => 1');
    const pending = [1, 2].map(() => own.run('export default () => { for (;;); }', 1, { timeoutMs: 20_000 }));
    const outcomes = Promise.allSettled(pending);
    await own.close();
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'sandbox_closed' } });
    await expect(own.run('export default () => 1', 1)).rejects.toMatchObject({ code: 'sandbox_closed' });
  });
});
