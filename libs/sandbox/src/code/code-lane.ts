import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { CodeMetrics, CodeReply, CodeWorkerData, CodeWorkerReady } from './protocol';
import type { CodeJob } from './code-job';

/** Time the worker has, besides the code's own, to set up the interpreter and to say by itself that it stopped it. */
export const GRACE_MS = 150;
/**
 * How long a thread that is to be killed may take to say what it has used. It answers at once, unless the machine stands
 * still; what it does not tell is not paid for.
 */
const MEASURE_LIMIT_MS = 2_000;
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
  private startedAt = 0;
  /** CPU time of the thread before its run. */
  private cpuBefore: number | undefined;
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
    this.worker.on('message', (message: CodeWorkerReady | CodeReply) => this.receive(message));
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
    this.startedAt = performance.now();
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

  private receive(message: CodeWorkerReady | CodeReply): void {
    if (this.state === 'ending') return;
    clearTimeout(this.clock);
    this.state = 'idle';
    this.cpuBefore = message.threadCpuMicros;
    if (!('ready' in message)) {
      this.job?.finish(message);
      this.job = undefined;
    }
    if (this.runs >= MAX_RUNS) this.end();
    else this.events.free();
  }

  /** The interpreter looks at the clock between instructions only, and some single ones run for many seconds. */
  private stopLate(job: CodeJob): void {
    if (this.job !== job) return;
    // From here on the lane has no job: a reply that still comes is too late.
    this.job = undefined;
    this.end(
      this.usedByRun().then((used) => {
        job.stop('code_timeout', `it was stopped after ${job.request.limits.timeoutMs} ms`, used);
      }),
    );
  }

  /** What the run in progress has used. The thread is asked, and answers in the middle of it. */
  private async usedByRun(): Promise<Partial<CodeMetrics>> {
    const durationMs = performance.now() - this.startedAt;
    const { cpuBefore } = this;
    if (cpuBefore === undefined || typeof this.worker.cpuUsage !== 'function') return { durationMs };
    const tooLate = delay(MEASURE_LIMIT_MS, undefined, { ref: false });
    const total = await Promise.race([this.worker.cpuUsage(), tooLate]).catch(() => undefined);
    return total ? { durationMs, cpuMicros: total.user + total.system - cpuBefore } : { durationMs };
  }

  /** @param before awaited before the thread is terminated; the lane is gone at once. */
  private end(before?: Promise<void>): void {
    if (this.state === 'ending') return;
    const wasReady = this.state !== 'starting';
    this.state = 'ending';
    clearTimeout(this.clock);
    this.job?.stop('code_resource_limit', 'it used more memory than its thread has');
    this.job = undefined;
    if (before) void before.then(() => this.worker.terminate());
    else void this.worker.terminate();
    this.events.gone(this, wasReady);
  }
}
