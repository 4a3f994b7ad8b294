import { PATIENT } from '../testing/processes';
import { CodeSandbox } from './code-sandbox';

const spin = (rounds: number) =>
  `export default () => { let n = 0; for (let i = 0; i < ${rounds}; i++) n += i; return n }`;

describe('the CPU time of code', () => {
  const sandbox = new CodeSandbox({ size: 1, timeoutMs: 300 });
  beforeAll(() => sandbox.check('export default () => 1'));
  afterAll(() => sandbox.close());

  const cpuOf = async (code: string) => (await sandbox.run(code, null, PATIENT)).metrics.cpuMicros ?? -1;

  it('is counted in whole microseconds, and grows with the work', async () => {
    const little = await cpuOf(spin(100_000));
    const much = await cpuOf(spin(3_000_000));
    expect([little, much].every(Number.isSafeInteger)).toBe(true);
    expect(little).toBeGreaterThan(0);
    expect(much).toBeGreaterThan(little);
  });

  it('is counted for runs shorter than a tick of the system’s clock too', async () => {
    const runs: number[] = [];
    for (let run = 0; run < 50; run++) runs.push(await cpuOf('export default () => 1'));
    expect(runs.filter((micros) => micros <= 0)).toEqual([]);
  });

  it('is that of one run, not of the runs before it on the same thread', async () => {
    const much = await cpuOf(spin(3_000_000));
    const { metrics } = await sandbox.run('export default () => 1', null, PATIENT);
    expect(metrics.cpuMicros).toBeLessThan(much);
  });

  it('never is more than the time that went by', async () => {
    const { metrics } = await sandbox.run(spin(1_000_000), null, PATIENT);
    expect(metrics.cpuMicros).toBeLessThanOrEqual(Math.ceil(metrics.durationMs * 1_000) + 10_000);
  });

  it.each([
    ['throws', `export default () => { throw new Error('x') }`],
    ['gives no JSON', 'export default () => undefined'],
    ['is stopped by the interpreter', 'export default () => { for (;;); }'],
    ['is killed with its thread', 'export default () => [].sort.call({ length: 1e9 })'],
  ])('is told of code that %s', async (_, code) => {
    const failed = sandbox.run(code, null);
    await expect(failed).rejects.toMatchObject({ metrics: { cpuMicros: expect.any(Number) } });
    const cpu = await failed.catch((error: { metrics: { cpuMicros: number } }) => error.metrics.cpuMicros);
    expect(cpu).toBeGreaterThan(0);
  });

  it('is not claimed for code that never ran', async () => {
    const failed = sandbox.run('export default () => 1', 'x'.repeat(5_000_000));
    await expect(failed).rejects.toMatchObject({ code: 'code_resource_limit', metrics: undefined });
  });
});
