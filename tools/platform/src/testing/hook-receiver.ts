import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const SCRIPT = join(__dirname, 'hook-receiver-process.mjs');

/** The part of a CloudEvent that tells which event it is. */
interface HookEvent {
  readonly subject: string;
  readonly data: { readonly seq: number };
}

/** A receiver of webhooks in a process of its own, which can be killed; what it has got stays in a file. */
export class HookReceiver {
  private child: ChildProcess | undefined;
  private port = '0';

  /** @param answerMs how long it takes for an answer */
  constructor(
    private readonly file: string,
    private readonly answerMs = 0,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}/hook`;
  }

  /** Starts it, again at the same address when it was killed. */
  async start(): Promise<this> {
    const child = spawn(process.execPath, [SCRIPT, this.port, this.file, String(this.answerMs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    this.port = line.replace('listening ', '');
    return this;
  }

  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** The events that have come, in their order, repetitions included. */
  events(): HookEvent[] {
    if (!existsSync(this.file)) return [];
    const lines = readFileSync(this.file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse((JSON.parse(line) as { body: string }).body) as HookEvent);
  }

  /** The numbers of an execution's events in the order in which each came first. */
  numbersOf(executionId: string): number[] {
    const own = this.events().filter(({ subject }) => subject === executionId);
    return [...new Set(own.map(({ data }) => data.seq))];
  }
}
