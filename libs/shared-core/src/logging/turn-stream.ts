import { Writable } from 'node:stream';

/**
 * Gathers what is written in one turn of the event loop, and writes it in one piece: to a file or a pipe each write is a
 * system call that blocks, and under load there is a line for each request. What the last turn has gathered is written
 * when the process exits; a process that is killed loses the lines of one turn at most.
 */
export class TurnStream extends Writable {
  private lines: string[] = [];

  constructor(private readonly target: NodeJS.WritableStream) {
    super({ decodeStrings: false });
  }

  override _write(chunk: unknown, _encoding: string, callback: () => void): void {
    if (this.lines.length === 0) setImmediate(() => this.flush());
    this.lines.push(String(chunk));
    callback();
  }

  /** Writes now what is gathered. */
  flush(): void {
    if (this.lines.length === 0) return;
    const text = this.lines.join('');
    this.lines = [];
    this.target.write(text);
  }
}

let standardOutput: TurnStream | undefined;

/** The one for standard output. */
export function gatheredStandardOutput(): TurnStream {
  if (!standardOutput) {
    const stream = new TurnStream(process.stdout);
    process.once('exit', () => stream.flush());
    standardOutput = stream;
  }
  return standardOutput;
}
