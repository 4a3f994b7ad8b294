import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** Longer than any app gives itself for its stop. */
const KILL_AFTER_MS = 20_000;
/** The last lines that a process has written on standard error, which tell why it ended. */
const KEPT_COMPLAINTS = 20;

/** Apps that answer requests. */
export type ServiceName = 'coordinator-api' | 'agent-management';
export type AppName = ServiceName | 'miner';
/** What else serves: the comparison of two releases. */
export type ProgramName = AppName | 'shadow-diff';
export type OutputStream = 'stdout' | 'stderr';

export interface ChildAppOptions {
  readonly app: ProgramName;
  /** Folder of the built workspace, with `apps/` and `tools/` in it. */
  readonly dist: string;
  /** Its command line; by default none. */
  readonly args?: readonly string[];
  readonly environment: Record<string, string>;
  /** Gets each line that the process writes. */
  readonly onLine: (line: string, stream: OutputStream) => void;
  /** Working directory; by default the caller's. */
  readonly cwd?: string;
}

/** One of the platform's built apps as a child process. It never outlives this process, unless this one is killed. */
export class ChildApp {
  private readonly child: ChildProcess;
  private readonly listeners = new Set<(line: string) => void>();
  private readonly complaints: string[] = [];
  /** Resolves with the exit code (or the signal) when the process has ended and all its lines were read. */
  readonly ended: Promise<string>;

  constructor(private readonly options: ChildAppOptions) {
    const { app, dist, args = [] } = options;
    const kind = app === 'shadow-diff' ? 'tools' : 'apps';
    this.child = spawn(process.execPath, [join(dist, kind, app, 'main.js'), ...args], {
      env: options.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: Ctrl-C reaches only the parent, which stops its children in the right order.
      detached: true,
      ...(options.cwd !== undefined && { cwd: options.cwd }),
    });
    const killWithParent = () => this.killGroup();
    process.once('exit', killWithParent);
    this.ended = once(this.child, 'close').then(([code, signal]) => {
      process.off('exit', killWithParent);
      return String(code ?? signal);
    });
    this.read(this.child.stdout, 'stdout');
    this.read(this.child.stderr, 'stderr');
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Resolves when the process has ended, with a sentence that says how, and why if the process told. */
  get end(): Promise<string> {
    return this.ended.then((code) => {
      const why = this.complaints.length > 0 ? `: ${this.complaints.join('\n')}` : '';
      return `${this.options.app} ended with ${code}${why}`;
    });
  }

  /**
   * The first log line for which `pick` gives something. Log lines are JSON here.
   * @throws Error when the process ends before.
   */
  async expectLog<T>(pick: (entry: Record<string, unknown>) => T | undefined): Promise<T> {
    const found = new Promise<T>((resolve) => {
      const listener = (line: string) => {
        const picked = pick(parse(line));
        if (picked === undefined) return;
        this.listeners.delete(listener);
        resolve(picked);
      };
      this.listeners.add(listener);
    });
    const failed = this.end.then((sentence) => Promise.reject(new Error(sentence)));
    return Promise.race([found, failed]);
  }

  /**
   * The URL of a service, once it listens there.
   * @throws Error when the process ends before.
   */
  listening(): Promise<string> {
    return this.expectLog(({ event, url }) => (event === 'listening' ? String(url) : undefined));
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Asks the process to stop, and kills it when it does not. */
  async stop(): Promise<string> {
    this.signal('SIGTERM');
    const timer = setTimeout(() => this.killGroup(), KILL_AFTER_MS);
    const code = await this.ended;
    clearTimeout(timer);
    return code;
  }

  /** Kills the process and what it has started, at once; nothing is handed back. */
  killGroup(): void {
    if (this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    try {
      process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // It has ended in this very moment.
    }
  }

  private read(stream: Readable | null, name: OutputStream): void {
    if (!stream) return;
    createInterface({ input: stream }).on('line', (line) => {
      if (name === 'stderr') this.complain(line);
      this.options.onLine(line, name);
      for (const listener of this.listeners) listener(line);
    });
  }

  /** Why it cannot start, an app says on standard error: as a JSON line, or as text about its configuration. */
  private complain(line: string): void {
    const { message } = parse(line);
    this.complaints.push(typeof message === 'string' ? message : line);
    if (this.complaints.length > KEPT_COMPLAINTS) this.complaints.shift();
  }
}

function parse(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
