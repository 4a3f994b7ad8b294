import type { ExpressionEvaluator } from '../../ports/expressions.port';
import { ExecutionWorker } from '../../worker/execution-worker';
import { ReleaseSweep } from '../../worker/release-sweep';
import { StepRunner } from '../../worker/step-runner';
import { LEASE_MS, plansOf, POLL_MS, type Scene, storeOf } from './scene';
import { SimProcess } from './sim-process';
import { SimulatedEvaluator } from './simulated-evaluator';
import { SimulatedHandler } from './step-handlers';

export interface Member {
  readonly process: SimProcess;
  readonly worker: ExecutionWorker;
}

/** The workers of a run: they die, are stopped, leave in good order, and others take their places. */
export class WorkerPool {
  private readonly members = new Set<Member>();
  private started = 0;

  constructor(private readonly scene: Scene) {}

  start(): void {
    const process = new SimProcess(`w${(this.started += 1)}`, this.scene.world);
    const member = { process, worker: this.newWorker(process) };
    this.members.add(member);
    this.scene.world.trace.note(process.name, 'starts');
    member.worker.start();
    process.whenDead(() => this.replace(member));
    this.plan(member);
  }

  /** One of the workers that are up, with its process: it may serve clients too. */
  any(): Member | undefined {
    return this.members.size === 0 ? undefined : this.scene.world.random.pick([...this.members]);
  }

  /** Every process learns of a job's end by itself. */
  jobEnded(jobId: string): void {
    for (const { process, worker } of this.members) {
      const fault = this.scene.faults.strike(process, 'wake_lost', 'wake_late');
      if (fault === 'wake_lost') continue;
      const delay = this.scene.world.random.between(1, fault ? 2_000 : 10);
      // Where the store is away the step looks for itself later.
      process.at(process.now + delay, () => void worker.signal('job', [jobId]).catch(() => undefined));
    }
  }

  /** The trouble is over: those that are stopped go on. */
  calm(): void {
    for (const { process } of this.members) process.thaw();
  }

  /** Stops all, and tells when they have. */
  stopAll(): Promise<unknown> {
    return Promise.all([...this.members].map(({ worker }) => worker.stop(1_000)));
  }

  private newWorker(process: SimProcess): ExecutionWorker {
    const { scene } = this;
    const { jobs, judge, planted, wakeUps, newRowId } = scene;
    const store = storeOf(process, scene);
    const logger = scene.world.trace.loggerOf(process.name);
    const clock = planted?.clockOf?.(process) ?? process.clock;
    const handlers = { custom: new SimulatedHandler(process, jobs, judge) };
    const reach = scene.deaths.reachOf(process);
    const runnerOf = (evaluator: ExpressionEvaluator) =>
      new StepRunner(handlers, evaluator, clock, logger, { maxValueBytes: 100_000, newRowId });
    const evaluator = new SimulatedEvaluator(process);
    const [runner, opener] = [runnerOf(evaluator), runnerOf(evaluator.atHand)];
    const releases = new ReleaseSweep(store, handlers, logger, reach);
    const plans = plansOf(process, scene);
    return new ExecutionWorker(
      { store, plans, runner, opener, wakeUps: wakeUps.of(process), clock, releases, logger, reach },
      {
        workerId: process.name,
        concurrency: 6,
        leaseMs: LEASE_MS,
        pollMs: POLL_MS,
        maxParallelSteps: 3,
        maxSteps: 8,
        ...planted?.options,
      },
    );
  }

  private replace(member: Member): void {
    if (!this.members.delete(member)) return;
    const { scheduler, random } = this.scene.world;
    scheduler.after(random.between(100, 3_000), () => this.start());
  }

  /** Something befalls it every few seconds. */
  private plan(member: Member): void {
    const { random, scheduler } = this.scene.world;
    scheduler.after(random.between(1_000, 8_000), () => {
      if (this.scene.faults.isOver || !this.members.has(member)) return;
      this.befall(member);
      this.plan(member);
    });
  }

  private befall(member: Member): void {
    const { random, trace } = this.scene.world;
    switch (random.pickWeighted({ nothing: 2, pause: 2, oversleep: 1, death: 1, stop: 1 })) {
      case 'pause':
        return member.process.freeze(random.between(10, 1_000));
      case 'oversleep':
        return member.process.freeze(LEASE_MS + random.between(10, 2_000));
      case 'death':
        return member.process.crash('at a random instant');
      case 'stop':
        trace.note(member.process.name, 'is asked to stop');
        this.replace(member);
        return void member.worker.stop(random.between(0, 1_500)).then(() => trace.note(member.process.name, 'stops'));
      case 'nothing':
      case undefined:
    }
  }
}
