import { Worker } from 'node:worker_threads';
import { CODE_WORKER_READY, CodeReply, CodeWorkerData } from './protocol';
import type { CodeJob } from './code-job';

/** Time the worker has, besides the code's own, to set up the interpreter and to say by itself that it stopped it. */
const GRACE_MS = 150;
/** Runs after which a worker is replaced, so that whatever a runtime might leak has an end. */
const MAX_RUNS = 500;
const START_LIMIT_MS = 10_000;

export interface CodeLaneEvents {
  /** It has become ready, or can take another job. */
  free(): void;
  /** Its worker has ended, or is as good as that. */
  gone(lane: CodeLane, wasReady: boolean): void;
}

/** One worker thread and the job that it runs. */
export class CodeLane {
  private readonly worker: Worker;
  private job: CodeJob | undefined;
  private state: 'starting' | 'idle' | 'running' | 'ending' = 'starting';
  private runs = 0;
  private clock: NodeJS.Timeout;
  /** Resolves when the thread has ended. */
  readonly ended: Promise<void>;

  constructor(
    entry: string,
    data: CodeWorkerData,
    private readonly events: CodeLaneEvents,
  ) {
    this.worker = new Worker(entry, {
      workerData: data,
      env: {},
      execArgv: [],
      // Nobody reads them; without these the worker would write to the service's own.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16 },
    });
    this.ended = new Promise((resolve) => this.worker.once('exit', () => resolve()));
    this.worker.on('message', (message: typeof CODE_WORKER_READY | CodeReply) => this.receive(message));
    // 'error' comes before 'exit', for instance when the thread's own heap is full.
    this.worker.on('error', () => undefined);
    this.worker.on('exit', () => this.end());
    this.clock = setTimeout(() => this.end(), START_LIMIT_MS);
  }

  get isIdle(): boolean {
    return this.state === 'idle';
  }

  get isRunning(): boolean {
    return this.state === 'running';
  }

  /** Starts a job; it is settled by its result, its limit, its signal, or the end of the worker. */
  take(job: CodeJob): void {
    this.job = job;
    this.state = 'running';
    this.runs++;
    this.worker.postMessage(job.request);
    this.clock = setTimeout(() => {
      // A reply that came while this thread was busy is read before the immediate, and must count.
      setImmediate(() => this.stopLate(job));
    }, job.request.limits.timeoutMs + GRACE_MS);
    job.onAbort(() => this.job === job && this.end());
  }

  /** Terminates the thread; its job is told the reason. */
  close(reason: Error): void {
    this.job?.reject(reason);
    this.end();
  }

  private receive(message: typeof CODE_WORKER_READY | CodeReply): void {
    if (this.state === 'ending') return;
    clearTimeout(this.clock);
    this.state = 'idle';
    if (message !== CODE_WORKER_READY) {
      this.job?.finish(message);
      this.job = undefined;
    }
    if (this.runs >= MAX_RUNS) this.end();
    else this.events.free();
  }

  /** The interpreter looks at the clock between instructions only, and some single ones run for many seconds. */
  private stopLate(job: CodeJob): void {
    if (this.job !== job) return;
    job.stop('code_timeout', `it was stopped after ${job.request.limits.timeoutMs} ms`);
    this.end();
  }

  private end(): void {
    if (this.state === 'ending') return;
    const wasReady = this.state !== 'starting';
    this.state = 'ending';
    clearTimeout(this.clock);
    this.job?.stop('code_resource_limit', 'it used more memory than its thread has');
    this.job = undefined;
    void this.worker.terminate();
    this.events.gone(this, wasReady);
  }
}
