import { readFile } from 'node:fs/promises';
import { RestartPolicy } from '../restart-policy';
import { SandboxError } from '../sandbox-error';
import type { CodeJob } from './code-job';
import { CodeLane } from './code-lane';
import type { CodeWorkerData } from './protocol';
import { webAssembly } from './web-assembly';

/** Runs jobs first come, first served, `size` at once, and keeps one more worker warm for when one is terminated. */
export class CodeLaneSet {
  private readonly lanes = new Set<CodeLane>();
  /** Threads that were told to end and have not yet. */
  private readonly ending = new Set<Promise<void>>();
  private readonly queue: CodeJob[] = [];
  private data: CodeWorkerData | undefined;
  /** Why nothing is run any more. */
  private stopped: SandboxError | undefined;
  private readonly restarts = new RestartPolicy(() => this.fill());
  private readonly loaded: Promise<void>;

  constructor(
    private readonly size: number,
    private readonly entry: string,
  ) {
    this.loaded = this.load();
  }

  submit(job: CodeJob): void {
    if (this.stopped !== undefined) return job.reject(this.stopped);
    this.queue.push(job);
    this.dispatch();
  }

  /** Resolves when every thread has ended. */
  async close(): Promise<void> {
    const reason = new SandboxError('sandbox_closed', 'the sandbox is closed');
    this.stopped = reason;
    this.restarts.cancel();
    this.rejectWaiting(reason);
    await this.loaded;
    this.lanes.forEach((lane) => lane.close(reason));
    await Promise.all(this.ending);
  }

  private async load(): Promise<void> {
    try {
      const bytes = await readFile(require.resolve('@jitl/quickjs-wasmfile-release-sync/wasm'));
      this.data = { interpreter: await webAssembly.compile(bytes) };
      this.fill();
    } catch {
      this.stopped ??= new SandboxError('sandbox_unavailable', 'the interpreter cannot be loaded');
      this.rejectWaiting(this.stopped);
    }
  }

  private fill(): void {
    while (this.data !== undefined && this.stopped === undefined && this.lanes.size < this.size + 1) {
      const lane = new CodeLane(this.entry, this.data, {
        free: () => this.onFree(),
        gone: (gone, wasReady) => this.onGone(gone, wasReady),
      });
      this.lanes.add(lane);
    }
  }

  private onFree(): void {
    this.restarts.succeeded();
    this.dispatch();
  }

  private dispatch(): void {
    const idle = [...this.lanes].filter((lane) => lane.isIdle);
    let atWork = [...this.lanes].filter((lane) => lane.isRunning).length;
    for (const lane of idle) {
      const job = atWork < this.size ? this.nextOpen() : undefined;
      if (job === undefined) return;
      lane.take(job);
      atWork++;
    }
  }

  private nextOpen(): CodeJob | undefined {
    let job = this.queue.shift();
    while (job !== undefined && !job.isOpen) job = this.queue.shift();
    return job;
  }

  private onGone(lane: CodeLane, wasReady: boolean): void {
    this.lanes.delete(lane);
    const ended = lane.ended.then(() => void this.ending.delete(ended));
    this.ending.add(ended);
    if (this.stopped !== undefined) return;
    if (wasReady) this.fill();
    else this.onFailedStart();
    this.dispatch();
  }

  private onFailedStart(): void {
    const hopeless = this.restarts.failed() && ![...this.lanes].some((lane) => lane.isIdle || lane.isRunning);
    if (hopeless) this.rejectWaiting(new SandboxError('sandbox_unavailable', 'the interpreter does not start'));
  }

  private rejectWaiting(reason: Error): void {
    this.queue.splice(0).forEach((job) => job.reject(reason));
  }
}
