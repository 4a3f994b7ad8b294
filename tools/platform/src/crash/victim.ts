import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@aitbc/shared-core/testing';
import type { ServiceName } from '../child-app';
import type { LaunchedApp, TestBed } from '../testing/test-bed';
import type { Fault } from './run-record';

/** A point that is not reached within this time, the start on a busy machine included, is not reached by this load at all. */
const POINT_MS = 90_000;

/** A process of a service, which is killed or stopped and started again at the same address. */
export class Victim {
  private app: LaunchedApp | undefined;

  constructor(
    private readonly bed: TestBed,
    private readonly service: ServiceName,
    private readonly port: string,
    private readonly variables: Readonly<Record<string, string>>,
    private readonly faults: Fault[],
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Resolves when it works. */
  async start(): Promise<void> {
    await this.launch().process.listening();
  }

  /** Kills it at this instant. */
  async kill(): Promise<void> {
    const { process } = this.running();
    const from = Date.now();
    process.signal('SIGKILL');
    await this.died();
    this.faults.push({ kind: 'kill', from, until: Date.now() });
  }

  /** Starts it so that it dies at this debug point, when it reaches it for the `nth` time; resolves when it is dead. */
  async dieAt(point: string, nth: number): Promise<void> {
    this.launch({ DEBUG_KILL_AT: `${point}:${nth}` });
    let dead = false;
    const end = this.died().then(() => (dead = true));
    await Promise.race([waitFor(() => dead, { timeoutMs: POINT_MS, everyMs: 50 }), end]).catch((cause: unknown) => {
      throw new Error(`a worker did not die at ${point}:${nth}`, { cause });
    });
    this.faults.push({ kind: 'kill', from: Date.now(), until: Date.now() });
  }

  /** Lets it stand still for a time, as a suspended machine does. */
  async freeze(ms: number): Promise<void> {
    const { process } = this.running();
    const from = Date.now();
    process.signal('SIGSTOP');
    await delay(ms);
    process.signal('SIGCONT');
    this.faults.push({ kind: 'stop', from, until: Date.now() });
  }

  /** A graceful end. @throws Error when it does not end well */
  async stop(): Promise<void> {
    const code = await this.running().process.stop();
    if (code !== '0') throw new Error(`${this.service} ended with ${code}`);
  }

  private launch(variables: Readonly<Record<string, string>> = {}): LaunchedApp {
    this.app = this.bed.launch(this.service, { ...this.variables, PORT: this.port, ...variables });
    return this.app;
  }

  private running(): LaunchedApp {
    if (!this.app) throw new Error('the process was not started');
    return this.app;
  }

  /** It may die of nothing but SIGKILL. */
  private async died(): Promise<void> {
    const { process } = this.running();
    if ((await process.ended) !== 'SIGKILL') throw new Error(await process.end);
  }
}
