import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { reasonOf } from '@aitbc/shared-core';
import type { AnalysisRequest, AnalysisResult } from './analyse';

type Answer = { readonly ok: true; readonly result: AnalysisResult } | { readonly ok: false; readonly error: string };

const MAX_HEAP_MIB = 512;

/**
 * Threads for text analysis, so that a long text stops neither heartbeats nor polling. There are as many as processors:
 * more would only load the language model more often. A job has its thread for itself, and waits for one in its turn; a
 * cancelled job's thread is terminated, since nothing else interrupts a computation.
 */
export class AnalysisWorkers {
  private readonly idle: Worker[] = [];
  private readonly all = new Set<Worker>();
  private readonly waiting: (() => void)[] = [];
  private busy = 0;

  /** @param entry the worker's file. */
  constructor(
    private readonly entry: string,
    private readonly size: number = availableParallelism(),
  ) {}

  /** @throws the signal's reason when it is aborted; Error when the analysis failed or ran out of memory. */
  async run(request: AnalysisRequest, signal: AbortSignal): Promise<AnalysisResult> {
    await this.turn(signal);
    try {
      signal.throwIfAborted();
      const answer = await this.analyse(request, signal);
      if (!answer.ok) throw new Error(`text analysis failed: ${answer.error}`);
      return answer.result;
    } finally {
      this.passOn();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.all].map((worker) => worker.terminate()));
  }

  /** Resolves when there is a thread for the caller, first come, first served. @throws the signal's reason */
  private async turn(signal: AbortSignal): Promise<void> {
    if (this.busy < this.size) {
      this.busy += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const take = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(take), 1);
        reject(reasonOf(signal));
      };
      signal.addEventListener('abort', leave, { once: true });
      this.waiting.push(take);
    });
  }

  /** The next in line takes the place at once: were it free for a moment, a newcomer could take it too. */
  private passOn(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.busy -= 1;
  }

  private async analyse(request: AnalysisRequest, signal: AbortSignal): Promise<Answer> {
    const worker = this.idle.pop() ?? this.start();
    worker.ref();
    const answer = await ask(worker, request, signal).catch(async (error: unknown) => {
      await worker.terminate();
      throw error;
    });
    worker.unref();
    this.idle.push(worker);
    return answer;
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
