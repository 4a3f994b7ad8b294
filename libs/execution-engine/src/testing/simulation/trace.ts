import { createHash } from 'node:crypto';
import type { LogFields, Logger } from '@aitbc/shared-core';
import type { VirtualScheduler } from './virtual-scheduler';

/** What happened in a run, line by line: hashed always, kept only when someone wants to read it. */
export class Trace {
  private readonly hash = createHash('sha256');
  private readonly kept: string[] = [];
  private count = 0;

  constructor(
    private readonly scheduler: VirtualScheduler,
    private readonly keep: boolean,
  ) {}

  note(actor: string, text: string): void {
    const seconds = ((this.scheduler.now - this.scheduler.start) / 1000).toFixed(3);
    const line = `${seconds.padStart(9)} ${actor.padEnd(4)} ${text}\n`;
    this.count += 1;
    this.hash.update(line);
    if (this.keep) this.kept.push(line);
  }

  /** Of all lines so far. */
  get digest(): string {
    return this.hash.copy().digest('hex');
  }

  get length(): number {
    return this.count;
  }

  get text(): string {
    return this.kept.join('');
  }

  /** The engine's log as lines of the trace. */
  loggerOf(actor: string): Logger {
    const note = (message: string, { error }: LogFields = {}) =>
      this.note(actor, `log: ${message}${error instanceof Error ? ` (${error.message})` : ''}`);
    const logger: Logger = { error: note, warn: note, info: note, debug: note, child: () => logger };
    return logger;
  }
}
