import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DIST } from './built-platform';

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output as the one JSON document that it must be. */
  json(): ReturnType<typeof JSON.parse>;
}

export interface CliOptions {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string;
  /** Ctrl-C is pressed, once, when this text was written. */
  readonly interruptAt?: string;
}

/** Runs the built `aitbc` in a home of its own, without a terminal. */
export async function runCli(args: readonly string[], options: CliOptions): Promise<CliResult> {
  const { cwd, environment = {}, input = '', interruptAt } = options;
  const child = spawn(process.execPath, [join(DIST, 'apps/cli/main.js'), ...args], {
    cwd,
    env: { PATH: '/usr/bin:/bin', HOME: cwd, ...environment },
  });
  const written = { stdout: '', stderr: '' };
  let interrupted = false;
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (part: Buffer) => {
      written[name] += part.toString();
      if (interruptAt === undefined || interrupted || !written[name].includes(interruptAt)) return;
      interrupted = child.kill('SIGINT');
    });
  }
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...written, json: () => JSON.parse(written.stdout) };
}
