import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program of the machine that serves until it is stopped. It never outlives this process. */
export class BackgroundProcess {
  private readonly child: ChildProcess;
  private output = '';
  /** Rejects when it ends by itself, with what it has said. */
  readonly broken: Promise<never>;

  /** @param why what is missing when it cannot be run: how it is installed */
  constructor(command: string, args: readonly string[], why: string) {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    const killWithParent = () => child.kill('SIGKILL');
    process.once('exit', killWithParent);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part: Buffer) => (this.output += part.toString()));
    const failed = once(child, 'error').then(([cause]) => Promise.reject(new Error(`${command}: ${why}`, { cause })));
    const closed = once(child, 'close').then(() => {
      process.off('exit', killWithParent);
      throw new Error(`${command} has ended: ${this.output}`);
    });
    this.broken = Promise.race([failed, closed]);
    this.broken.catch(() => undefined); // It ends in the end.
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined) return;
    const closed = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await closed;
  }
}
