import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';

export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: FileHandle;
  readonly timeoutMs: number;
  /** Standard output beyond this ends the process; without it, standard output is thrown away. */
  readonly maxStdoutBytes?: number;
  readonly signal: AbortSignal;
}

export interface ProgramOutput {
  readonly stdout: Buffer;
  /** The last 4 KiB: programs say last what went wrong. */
  readonly stderr: string;
}

/** The program ran, but not to a good end. */
export class ProgramFailed extends Error {
  constructor(
    message: string,
    readonly stderr: string,
  ) {
    super(message);
    this.name = 'ProgramFailed';
  }
}

const STDERR_TAIL_BYTES = 4096;
const PIPE_GRACE_MS = 1000;

/**
 * Runs a program without a shell, in a process group of its own, and ends the whole group when the program has ended,
 * at its time-out, or when the signal is aborted: nothing that it started stays behind.
 * @throws ProgramFailed for a bad exit, too much output or the time-out; the signal's reason when it is aborted; Error
 * when the program cannot be started.
 */
export async function runProgram(options: ProgramOptions): Promise<ProgramOutput> {
  options.signal.throwIfAborted();
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { ...options.env },
    detached: true,
    stdio: [options.stdin?.fd ?? 'ignore', options.maxStdoutBytes === undefined ? 'ignore' : 'pipe', 'pipe'],
  });
  const stop = new ProgramStop(child, options);
  const stdout = new BoundedTail(options.maxStdoutBytes ?? 0, () => stop.because('its standard output is too long'));
  const stderr = new BoundedTail(STDERR_TAIL_BYTES);
  child.stdout?.on('data', (chunk: Buffer) => stdout.add(chunk));
  child.stderr?.on('data', (chunk: Buffer) => stderr.add(chunk));
  child.once('exit', () => stop.endStragglers());
  try {
    const [code, killedBy] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    options.signal.throwIfAborted();
    const problem = stop.reason ?? exitProblem(code, killedBy);
    if (problem !== undefined) throw new ProgramFailed(`${options.command}: ${problem}`, stderr.text());
    return { stdout: stdout.bytes(), stderr: stderr.text() };
  } finally {
    stop.release();
  }
}

/** Ends the group at the time-out and at the abort, and remembers why. */
class ProgramStop {
  reason: string | undefined;
  private readonly timer: NodeJS.Timeout;
  private pipeTimer: NodeJS.Timeout | undefined;
  private readonly onAbort = (): void => killGroup(this.child);

  constructor(
    private readonly child: ChildProcess,
    private readonly options: ProgramOptions,
  ) {
    const { timeoutMs, signal } = options;
    this.timer = setTimeout(() => this.because(`it ran longer than ${timeoutMs / 1000} s`), timeoutMs);
    signal.addEventListener('abort', this.onAbort, { once: true });
  }

  because(reason: string): void {
    this.reason ??= reason;
    killGroup(this.child);
  }

  /**
   * What the program started may still run and hold its pipes open, and 'close' would wait for it: the group is ended,
   * and for a process that left the group the pipes are closed on our side.
   */
  endStragglers(): void {
    killGroup(this.child);
    // After a stall of this process the timer rings before what waits in the pipes is read: the immediate comes after it.
    this.pipeTimer = setTimeout(() => setImmediate(() => this.closePipes()), PIPE_GRACE_MS);
  }

  private closePipes(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  release(): void {
    clearTimeout(this.timer);
    clearTimeout(this.pipeTimer);
    this.options.signal.removeEventListener('abort', this.onAbort);
  }
}

/** Keeps the last bytes only, and says when more than that came. */
class BoundedTail {
  private readonly chunks: Buffer[] = [];
  private size = 0;

  constructor(
    private readonly limit: number,
    private readonly onOverflow: () => void = () => undefined,
  ) {}

  add(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.size <= this.limit) return;
    this.onOverflow();
    const tail = this.bytes().subarray(-this.limit);
    this.chunks.splice(0, this.chunks.length, tail);
    this.size = tail.length;
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  text(): string {
    return this.bytes().toString('utf8').trim();
  }
}

function exitProblem(code: number | null, killedBy: NodeJS.Signals | null): string | undefined {
  if (code === 0) return undefined;
  return code === null ? `it was ended by ${killedBy ?? 'a signal'}` : `it ended with code ${code}`;
}

/** SIGKILL: a program that ignores SIGTERM would outlive its job, and its folder is thrown away anyway. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ESRCH: the group is gone already, which is what was wanted.
  }
}
