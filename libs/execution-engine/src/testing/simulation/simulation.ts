import { InMemoryExecutionStore } from '../../memory/in-memory-execution-store';
import type { DebugPoint } from '../../ports/debug-points.port';
import { isFinalExecution } from '@aitbc/shared-domain';
import { Clients } from './clients';
import { Coverage } from './coverage';
import { Deaths } from './deaths';
import { FaultPlan } from './fault-plan';
import { FaultyWakeUps } from './faulty-wake-ups';
import { amiss, attend } from './final-state';
import { withoutRealTime } from './forbidden-sources';
import { Judge, type Violation } from './judge';
import { OutsideJobs } from './outside-jobs';
import type { PlantedFault } from './planted-fault';
import { LEASE_MS, type Scene } from './scene';
import { SeededRandom } from './seeded-random';
import type { World } from './sim-process';
import { Trace } from './trace';
import { VirtualScheduler } from './virtual-scheduler';
import { WorkerPool } from './worker-pool';

/** How long faults happen, and how long everything may take to come to its end after them (simulated ms). */
const TROUBLE_MS = 14_000;
const CALM_MS = 120_000;
/** What was sent before the faults stopped has arrived after this, however long it was delayed. */
const LAST_ARRIVAL_MS = 10_000;
const ATTEND_EVERY_MS = 1_000;
const CHECK_EVERY_MS = 200;

export interface SimulationOptions {
  readonly seed: number;
  /** Keeps the text of the trace. */
  readonly keepTrace?: boolean;
  readonly planted?: PlantedFault | undefined;
}

export interface SimulationResult {
  readonly seed: number;
  readonly violation: Violation | undefined;
  /** SHA-256 of the trace. */
  readonly digest: string;
  readonly lines: number;
  /** Empty unless it was kept. */
  readonly trace: string;
  readonly coverage: Coverage;
  readonly executions: number;
  readonly deaths: ReadonlyMap<DebugPoint, number>;
}

/** Runs the engine once, on time, chance, store and wake-ups that follow from the seed alone. */
export function simulate(options: SimulationOptions): Promise<SimulationResult> {
  return withoutRealTime(() => new Simulation(options).run());
}

class Simulation {
  private readonly coverage = new Coverage();
  private readonly world: World;
  private readonly scene: Scene;
  private readonly clients: Clients;
  private readonly workers: WorkerPool;
  private isSettled = false;

  constructor(private readonly options: SimulationOptions) {
    const seeded = new SeededRandom(options.seed);
    const scheduler = new VirtualScheduler();
    this.world = {
      scheduler,
      trace: new Trace(scheduler, options.keepTrace ?? false),
      random: seeded.derive(1),
    };
    this.scene = this.newScene(new FaultPlan(seeded.derive(2), this.coverage, LEASE_MS));
    this.workers = new WorkerPool(this.scene);
    this.clients = new Clients(this.scene, this.workers);
  }

  async run(): Promise<SimulationResult> {
    const { scheduler, random } = this.world;
    for (let count = random.between(2, 4); count > 0; count -= 1) this.workers.start();
    for (let count = random.between(6, 10); count > 0; count -= 1) {
      scheduler.after(random.between(0, 7_000), () => this.clients.begin());
    }
    scheduler.after(TROUBLE_MS, () => this.calm());
    await scheduler.runUntil(() => this.isSettled || this.isBroken, scheduler.start + TROUBLE_MS + CALM_MS);
    this.judgeEnd();
    if (!this.isBroken) await this.stop();
    return this.result();
  }

  private get isBroken(): boolean {
    return this.scene.judge.violation !== undefined;
  }

  private newScene(faults: FaultPlan): Scene {
    const { world } = this;
    const store = this.options.planted?.newStore?.() ?? new InMemoryExecutionStore();
    let rows = 0;
    return {
      world,
      store,
      faults,
      deaths: new Deaths(faults),
      judge: new Judge(world, store, (before, after) => {
        const ends = isFinalExecution(after.status) && !(before && isFinalExecution(before.status));
        if (ends) this.clients.ended(after);
      }),
      wakeUps: new FaultyWakeUps(faults),
      jobs: new OutsideJobs(world, (jobId) => this.workers.jobEnded(jobId)),
      plans: new Map(),
      planted: this.options.planted,
      newRowId: () => `step_exec_${String((rows += 1)).padStart(6, '0')}`,
    };
  }

  private calm(): void {
    this.world.trace.note('--', 'faults stop');
    this.scene.faults.stop();
    this.workers.calm();
    this.every(ATTEND_EVERY_MS, () => attend(this.scene, this.clients));
    this.world.scheduler.after(LAST_ARRIVAL_MS, () =>
      this.every(CHECK_EVERY_MS, () => (this.isSettled = amiss(this.scene, this.clients).length === 0)),
    );
  }

  private every(ms: number, work: () => void): void {
    this.world.scheduler.after(ms, () => {
      work();
      this.every(ms, work);
    });
  }

  private judgeEnd(): void {
    const [first] = this.isBroken ? [] : amiss(this.scene, this.clients);
    if (first === undefined) return;
    const [invariant = first, detail = ''] = first.split(': ');
    this.scene.judge.report(invariant, detail);
  }

  /** Leaves nothing running: workers hand back what they hold, and a stop ends. */
  private async stop(): Promise<void> {
    const { scheduler } = this.world;
    let stopped = false;
    void this.workers.stopAll().then(() => (stopped = true));
    if (!(await scheduler.runUntil(() => stopped, scheduler.now + CALM_MS))) {
      this.scene.judge.report('a stop ends', 'workers did not stop');
    }
    this.judgeEnd();
  }

  private result(): SimulationResult {
    const { trace } = this.world;
    return {
      seed: this.options.seed,
      violation: this.scene.judge.violation,
      digest: trace.digest,
      lines: trace.length,
      trace: trace.text,
      coverage: this.coverage,
      executions: this.scene.store.executionIds().length,
      deaths: this.scene.deaths.counts,
    };
  }
}
