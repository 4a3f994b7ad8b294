import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, until } from '../testing/processes';

const root = join(__dirname, '../../../..');

/** CPU time of a process in clock ticks. */
function cpuTicks(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]);
}

describe('a built program whose child is stuck in an expression', () => {
  let folder: string;

  // A bundle as the build makes it: the program, and the child's file beside it.
  beforeAll(() => {
    const cache = join(root, 'node_modules', '.cache');
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(join(cache, 'sandbox-bundle-'));
    execFileSync(join(root, 'node_modules/.bin/esbuild'), [
      join(__dirname, '../testing/pool-parent.ts'),
      join(__dirname, 'expression-child.ts'),
      ...['--bundle', '--platform=node', '--packages=external', '--entry-names=[name]', '--log-level=error'],
      `--tsconfig=${join(root, 'tsconfig.base.json')}`,
      `--outdir=${folder}`,
    ]);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds its child, and leaves none behind when it is killed', async () => {
    const program = spawn(process.execPath, [join(folder, 'pool-parent.js')], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(program.stdout, 'data')) as [Buffer];
    const { sum, pids } = JSON.parse(line.toString()) as { sum: number; pids: number[] };
    expect(sum).toBe(2);
    expect(pids).toHaveLength(2);
    await until(() => pids.some((pid) => isRunning(pid) && cpuTicks(pid) > 40)); // 0.4 s: it is in the loop
    program.kill('SIGKILL');
    await once(program, 'close');
    await until(() => !pids.some(isRunning));
  });
});
