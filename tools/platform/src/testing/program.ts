import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { waitFor } from '@aitbc/shared-core/testing';
import { DIST } from './dist';
import { descendantsOf, isRunning } from './processes';

export interface RunningProgram {
  readonly pid: number;
  /** Standard output and standard error so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves when `text` was written; fails when the program ends before. */
  says(text: string | RegExp): Promise<void>;
  /** Exit code, or the signal's name. */
  readonly ended: Promise<string>;
  /** What it runs now: the apps, and what they have started. */
  descendants(): number[];
}

const programs = new Set<RunningProgram>();

/** Runs the built `demo` or `start` in `cwd` with nothing of this process's environment but PATH. */
export function runProgram(
  name: 'demo' | 'start',
  cwd: string,
  environment: Record<string, string> = {},
  args: readonly string[] = [],
): RunningProgram {
  const child = spawn(process.execPath, [join(DIST, 'tools', 'platform', `${name}.js`), ...args], {
    cwd,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', TMPDIR: cwd, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  const ended = once(child, 'close').then(([code, signal]) => String(code ?? signal));
  const has = (text: string | RegExp) => (typeof text === 'string' ? output.includes(text) : text.test(output));
  const program: RunningProgram = {
    pid: child.pid ?? 0,
    output: () => output,
    signal: (signal) => child.kill(signal),
    says: async (text) => {
      const over = ended.then((code) => {
        if (!has(text)) throw new Error(`it ended with ${code} and never said ${String(text)}:\n${output}`);
      });
      await Promise.race([waitFor(() => has(text), { timeoutMs: 30_000 }), over]);
    },
    ended,
    descendants: () => descendantsOf(child.pid ?? 0),
  };
  programs.add(program);
  void ended.then(() => programs.delete(program));
  return program;
}

/** For `afterEach`: kills what a failed test has left running. */
export async function killPrograms(): Promise<void> {
  for (const program of programs) {
    for (const pid of [program.pid, ...program.descendants()].filter(isRunning)) process.kill(pid, 'SIGKILL');
    await program.ended;
  }
}

/** Resolves when none of the processes runs any more. */
export async function allGone(pids: readonly number[]): Promise<void> {
  await waitFor(() => !pids.some(isRunning));
}
