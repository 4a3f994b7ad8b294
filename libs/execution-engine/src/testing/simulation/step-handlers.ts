import {
  type HeldStep,
  idempotencyKeyOf,
  LeaseLost,
  type StepContext,
  StepFailure,
  type StepHandler,
  type StepResult,
} from '../../ports/step-handler.port';
import type { StepPlan } from '../../core/plan';
import type { StepWait } from '../../core/execution-state';
import { costing } from '../test-handler';
import type { Judge } from './judge';
import type { OutsideJobs } from './outside-jobs';
import type { SimProcess } from './sim-process';
import { behaviourOf, type StepBehaviour } from './step-behaviour';
import { PROMISES } from './promises';

/** How long a step waits for the word of its job's end before it looks by itself. */
const LOOK_AGAIN_MS = 2_500;

/** The handler of every simulated step, as one process runs it: work that takes time, timers, jobs outside. */
export class SimulatedHandler implements StepHandler {
  constructor(
    private readonly process: SimProcess,
    private readonly jobs: OutsideJobs,
    private readonly judge: Judge,
  ) {}

  estimate(step: StepPlan): number {
    return behaviourOf(step).estimate;
  }

  run(context: StepContext): Promise<StepResult> {
    this.judge.handlerRuns(this.process, context);
    return this.watched(context, () => this.begin(context));
  }

  resume(context: StepContext, wait: StepWait): Promise<StepResult> {
    this.judge.handlerResumes(this.process, context);
    return this.watched(context, () => this.goOn(context, wait));
  }

  async release({ idempotencyKey }: HeldStep): Promise<void> {
    await this.callOutside();
    this.jobs.cancel(idempotencyKey);
  }

  private async watched(context: StepContext, work: () => Promise<StepResult>): Promise<StepResult> {
    const ends = this.judge.handlerWorks(this.process, context);
    return work().finally(ends);
  }

  private async begin(context: StepContext): Promise<StepResult> {
    const behaviour = behaviourOf(context.step);
    switch (behaviour.does) {
      case 'work':
        await this.work(behaviour.ms ?? Infinity, context.signal);
        return this.outcome(behaviour, context);
      case 'timer':
        return { suspend: { kind: 'timer', ref: null, until: this.process.now + (behaviour.ms ?? 0) } };
      case 'job':
        return this.submit(behaviour, context);
    }
  }

  private async goOn(context: StepContext, wait: StepWait): Promise<StepResult> {
    const behaviour = behaviourOf(context.step);
    await this.callOutside();
    if (wait.kind === 'timer') {
      const early = (wait.until ?? 0) - this.process.world.scheduler.now;
      if (early > 0) this.judge.report(PROMISES.timer, `${context.idempotencyKey}, ${early} ms early`);
      return this.outcome(behaviour, context);
    }
    return this.look(wait.ref ?? '', behaviour, context);
  }

  private async submit(behaviour: StepBehaviour, context: StepContext): Promise<StepResult> {
    const { execution, step, attempt, idempotencyKey, signal } = context;
    await this.callOutside();
    if (attempt > 1) this.jobs.cancel(idempotencyKeyOf(execution.id, step.id, attempt - 1));
    const { id } = this.jobs.submit(idempotencyKey, behaviour.ms);
    await this.callOutside();
    if (signal.aborted && !(signal.reason instanceof LeaseLost)) this.jobs.cancel(idempotencyKey);
    return this.look(id, behaviour, context);
  }

  private look(jobId: string, behaviour: StepBehaviour, context: StepContext): StepResult {
    const state = this.jobs.find(jobId)?.state;
    if (state === 'running') {
      return { suspend: { kind: 'job', ref: jobId, until: this.process.now + LOOK_AGAIN_MS } };
    }
    if (state === 'cancelled') throw new StepFailure('job_cancelled', `${jobId} was cancelled`, true);
    return this.outcome(behaviour, context);
  }

  private outcome({ failures, fatal, cost }: StepBehaviour, { attempt, step }: StepContext): StepResult {
    if (fatal) throw new StepFailure('bad_input', 'no attempt can succeed', false, costing(cost));
    if (attempt <= failures) throw new StepFailure('job_failed', `attempt ${attempt} fails`, true, costing(1));
    return { output: { of: step.id }, ...costing(cost) };
  }

  /** The way there and back. */
  private callOutside(): Promise<void> {
    return this.process.sleep(this.process.world.random.between(1, 12));
  }

  private work(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason as Error);
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop);
      if (Number.isFinite(ms)) this.process.at(this.process.now + ms, resolve);
    });
  }
}
