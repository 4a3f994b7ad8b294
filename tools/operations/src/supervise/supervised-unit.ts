import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inheritedEnvironment } from '../environment';
import type { Layout, ServiceName } from '../layout';
import type { ServiceState } from '../services/service-manager';
import { logFile } from '../services/supervised-services';
import { environmentOf, readUnit, type Unit } from '../services/unit-file';

/** Where the process number of a service stands, for a supervisor that comes after one that was killed. */
export function pidFile(layout: Layout, service: ServiceName): string {
  return join(layout.runtime, `${service}.pid`);
}

/** A service that is run as its unit says: started, started again after a failure, stopped by SIGTERM. */
export class SupervisedUnit {
  private child: ChildProcess | undefined;
  private status: ServiceState['state'] = 'stopped';
  private restarts = 0;
  private detail: string | undefined;
  /** Ends the wait before a restart; a new one for each run. */
  private run = new AbortController();

  /** @param say gets a sentence about each start and each end */
  constructor(
    private readonly layout: Layout,
    readonly service: ServiceName,
    private readonly say: (sentence: string) => void,
  ) {}

  get state(): ServiceState {
    const { service, status, restarts, detail } = this;
    return { service, state: status, pid: this.child?.pid, restarts, detail };
  }

  /** Nothing happens to one that runs. */
  start(): void {
    if (this.child || this.status === 'waiting') return;
    this.restarts = 0;
    this.run = new AbortController();
    this.launch(readUnit(this.layout, this.service), this.run.signal);
  }

  /** Resolves when its process has ended. */
  async stop(): Promise<void> {
    this.run.abort();
    const { child } = this;
    if (child) await ended(child, readUnit(this.layout, this.service).stopSeconds);
    this.status = 'stopped';
    this.detail = undefined;
  }

  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  private launch(unit: Unit, stopped: AbortSignal): void {
    const [program = '', ...args] = unit.command.map((word) => (word.startsWith('/') ? this.layout.below(word) : word));
    const log = this.openLog();
    const directory = unit.workingDirectory && this.layout.below(unit.workingDirectory);
    if (directory) mkdirSync(directory, { recursive: true });
    const child = spawn(program, args, {
      cwd: directory,
      env: { ...inheritedEnvironment(), ...environmentOf(this.layout, unit) },
      // Its own hold on the file: what it writes arrives whoever else dies.
      stdio: ['ignore', log, log],
      // A group of its own: Ctrl-C reaches the supervisor, which stops all in order.
      detached: true,
    });
    closeSync(log);
    this.child = child;
    this.status = 'running';
    if (child.pid !== undefined) writeFileSync(pidFile(this.layout, this.service), String(child.pid));
    this.say(`${this.service} is started (process ${child.pid})`);
    child.on('error', (error) => this.say(`${this.service} cannot be started: ${error.message}`));
    child.once('close', (code, signal) => void this.onEnd(unit, code ?? signal ?? 'no process', stopped));
  }

  private async onEnd(unit: Unit, end: number | string, stopped: AbortSignal): Promise<void> {
    this.child = undefined;
    rmSync(pidFile(this.layout, this.service), { force: true });
    const isFailure = end !== 0;
    this.detail = isFailure ? `ended with ${end}` : undefined;
    this.status = isFailure ? 'failed' : 'stopped';
    this.say(`${this.service} has ended with ${end}`);
    const again = isFailure && unit.restartsOnFailure && !unit.finalExitCodes.includes(Number(end));
    if (!again || stopped.aborted) return;
    this.status = 'waiting';
    // Cut short by a stop.
    await sleep(unit.restartSeconds * 1_000, undefined, { signal: stopped }).catch(() => undefined);
    if (stopped.aborted) return;
    this.restarts += 1;
    // Read anew: what was wrong may stand in the unit or its files.
    this.launch(readUnit(this.layout, this.service), stopped);
  }

  private openLog(): number {
    const path = logFile(this.layout, this.service);
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'a', 0o640);
  }
}

async function ended(child: ChildProcess, limitSeconds: number): Promise<void> {
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), Math.min(limitSeconds * 1_000, 2 ** 31 - 1));
  await closed;
  clearTimeout(timer);
}
