import { ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Order } from './door-process';

/** Another process that opens the same databases (`door-process.ts`), run from source as the tests are. */
export class OtherProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(): Promise<OtherProcess> {
    const library = join(__dirname, '../../..');
    const other = new OtherProcess(
      fork(join(__dirname, 'door-process.ts'), {
        execArgv: ['-r', '@swc-node/register'],
        env: { ...process.env, TS_NODE_PROJECT: join(library, 'tsconfig.json') },
        cwd: library,
      }),
    );
    await other.answer();
    return other;
  }

  /** Sends an order and gives the answer to it. */
  async ask(order: Order): Promise<unknown> {
    const answered = this.answer();
    this.child.send(order);
    return answered;
  }

  /** Ends the process, whatever it is doing. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exited;
  }

  /** The next message; rejects when the process ends without one. */
  private async answer(): Promise<unknown> {
    const listening = new AbortController();
    try {
      return await Promise.race([
        once(this.child, 'message', listening).then(([message]: unknown[]) => message),
        once(this.child, 'exit', listening).then(([code]: unknown[]) => {
          throw new Error(`the other process ended with ${String(code)}`);
        }),
      ]);
    } finally {
      listening.abort();
    }
  }
}
