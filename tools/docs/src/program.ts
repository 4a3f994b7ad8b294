import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Where and with what a program runs. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Record<string, string>;
}

/** Runs a program to its end and gives its standard output. @throws Error with both of its streams when it fails. */
export async function run(file: string, args: readonly string[], surroundings: Surroundings): Promise<string> {
  try {
    const { stdout } = await execute(file, args, { ...surroundings, maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${file} ${args[0] ?? ''} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}

/** A program that goes on running, and what it has written. */
export class Server {
  private readonly lines: string[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly exited: Promise<unknown>;

  private constructor(private readonly child: ChildProcess) {
    this.exited = once(child, 'exit');
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => this.keep(line));
    }
  }

  /** Starts Node with these arguments. */
  static node(args: readonly string[], { cwd, env }: Surroundings): Server {
    return new Server(spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** The first group of the first line that matches. @throws Error with its output when the program ends before. */
  async expectLine(pattern: RegExp): Promise<string> {
    const found = new Promise<string>((resolve) => {
      const look = (): void => {
        const match = this.lines.map((line) => pattern.exec(line)?.[1]).find((group) => group !== undefined);
        if (match !== undefined) resolve(match);
      };
      this.listeners.add(look);
      look();
    });
    const ended = this.exited.then(() => Promise.reject(new Error(`it ended:\n${this.lines.join('\n')}`)));
    return Promise.race([found, ended]);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await this.exited;
  }

  private keep(line: string): void {
    this.lines.push(line);
    for (const look of this.listeners) look();
  }
}
