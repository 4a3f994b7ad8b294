import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** `dist/`: this file is bundled into `dist/tools/platform/`. */
const DIST = join(__dirname, '..', '..');
const KILL_AFTER_MS = 15_000;

export interface ChildAppOptions {
  readonly app: 'coordinator-api' | 'miner';
  readonly environment: Record<string, string>;
  /** Gets each line that the process writes. */
  readonly onLine: (line: string) => void;
}

/** One of the platform's built apps as a child process. */
export class ChildApp {
  private readonly child: ChildProcess;
  private readonly listeners = new Set<(line: string) => void>();
  /** Resolves with the exit code (or the signal) when the process has ended. */
  readonly ended: Promise<string>;

  constructor(private readonly options: ChildAppOptions) {
    this.child = spawn(process.execPath, [join(DIST, 'apps', options.app, 'main.js')], {
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches only the parent, which stops its children in the right order.
      detached: true,
    });
    this.ended = once(this.child, 'exit').then(([code, signal]) => String(code ?? signal));
    for (const stream of [this.child.stdout, this.child.stderr]) if (stream) this.read(stream);
  }

  /**
   * The first log line for which `pick` gives something. Log lines are JSON here.
   * @throws Error when the process ends before.
   */
  async expectLog<T>(pick: (entry: Record<string, unknown>) => T | undefined): Promise<T> {
    const found = new Promise<T>((resolve) => {
      this.listeners.add((line) => {
        const picked = pick(parse(line));
        if (picked !== undefined) resolve(picked);
      });
    });
    const failed = this.ended.then((code) => Promise.reject(new Error(`${this.options.app} ended with ${code}`)));
    return Promise.race([found, failed]);
  }

  /** Asks the process to stop, and kills it when it does not. */
  async stop(): Promise<string> {
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.child.kill('SIGKILL'), KILL_AFTER_MS);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }

  private read(stream: Readable): void {
    createInterface({ input: stream }).on('line', (line) => {
      this.options.onLine(line);
      for (const listener of this.listeners) listener(line);
    });
  }
}

function parse(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return {};
  }
}
