import { Worker } from 'node:worker_threads';
import { reasonOf } from '@aitbc/shared-core';
import type { AnalysisRequest, AnalysisResult } from './analyse';

type Answer = { readonly ok: true; readonly result: AnalysisResult } | { readonly ok: false; readonly error: string };

const MAX_HEAP_MIB = 512;
/** Idle threads that are kept for the next job; more jobs at once start more threads. */
const MAX_IDLE = 2;

/**
 * Threads for text analysis, so that a long text stops neither heartbeats nor polling. A job has its thread for itself;
 * a cancelled job's thread is terminated, since nothing else interrupts a computation.
 */
export class AnalysisWorkers {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();

  /** @param entry the worker's file. */
  constructor(private readonly entry: string) {}

  /** @throws the signal's reason when it is aborted; Error when the analysis failed or ran out of memory. */
  async run(request: AnalysisRequest, signal: AbortSignal): Promise<AnalysisResult> {
    signal.throwIfAborted();
    const worker = this.idle.pop() ?? this.start();
    worker.ref();
    const answer = await ask(worker, request, signal).catch(async (error: unknown) => {
      await worker.terminate();
      throw error;
    });
    this.release(worker);
    if (!answer.ok) throw new Error(`text analysis failed: ${answer.error}`);
    return answer.result;
  }

  async close(): Promise<void> {
    await Promise.all([...this.all].map((worker) => worker.terminate()));
  }

  private start(): Worker {
    const worker = new Worker(this.entry, { resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MIB } });
    this.all.add(worker);
    // Without a listener an error of an idle thread would end the whole miner.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      this.all.delete(worker);
      const at = this.idle.indexOf(worker);
      if (at >= 0) this.idle.splice(at, 1);
    });
    return worker;
  }

  private release(worker: Worker): void {
    if (this.idle.length >= MAX_IDLE) void worker.terminate();
    else {
      worker.unref();
      this.idle.push(worker);
    }
  }
}

function ask(worker: Worker, request: AnalysisRequest, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const onMessage = (answer: Answer): void => settle(() => resolve(answer));
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (code: number): void =>
      settle(() => reject(new Error(`the analysis thread ended with code ${code}`)));
    const onAbort = (): void => settle(() => reject(reasonOf(signal)));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    signal.addEventListener('abort', onAbort, { once: true });
    worker.postMessage(request);
  });
}
