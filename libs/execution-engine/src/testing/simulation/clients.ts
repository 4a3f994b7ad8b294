import { AppError } from '@aitbc/shared-core';
import { adoptedStep } from '../../core/control-transition';
import { type ExecutionState, stepsIn } from '../../core/execution-state';
import { type Adoption, ExecutionCommands } from '../../execution-commands';
import type { StartClaims } from '../../ports/start-claims.port';
import type { ExecutionStore, NewExecution, NewSignal } from '../../ports/store.port';
import { newExecution } from '../fixtures';
import { plansOf, type Scene, storeOf } from './scene';
import { SimProcess } from './sim-process';
import type { WorkerPool } from './worker-pool';
import { drawPlan } from './workflow-shapes';

interface Api {
  readonly process: SimProcess;
  readonly commands: ExecutionCommands;
  readonly store: ExecutionStore;
}

/** An API process that was killed is up again soon; what it was doing is lost. */
const TRIES = 4;
const NO_LIMIT_SECONDS = 600;

/** What clients do through API processes that fail like any other: start, cancel, pause, resume, signal, retry. */
export class Clients {
  /** Those whose start was confirmed to the client. */
  readonly acknowledged = new Set<string>();
  private started = 0;
  private sent = 0;
  private executions = 0;
  private api: Api | undefined;

  constructor(
    private readonly scene: Scene,
    private readonly workers: Pick<WorkerPool, 'any'>,
  ) {}

  /** Starts an execution of some workflow, and does to it what comes to mind. */
  begin(): void {
    const { random } = this.scene.world;
    const id = this.newId();
    const plan = drawPlan(random, `wf_${id}`);
    this.scene.plans.set(plan.workflowId, plan);
    const execution = newExecution(plan, {
      id,
      maxExecutionTime: random.chance(0.2) ? random.between(1, 5) : NO_LIMIT_SECONDS,
      maxCostBudget: random.chance(0.2) ? random.between(4, 14) : 0,
      createdAt: this.scene.world.scheduler.now,
    });
    this.create(execution);
    this.disturb(id);
    for (const { kind, ...wait } of plan.waits.values()) {
      if (kind === 'signal' && 'name' in wait && random.chance(0.8)) {
        this.later(0, 8_000, () => this.signal(id, wait.name));
      }
    }
  }

  /** What ended badly is tried again as a new execution that takes over what was done. */
  ended(after: ExecutionState): void {
    const { random } = this.scene.world;
    if (after.status === 'completed' || this.scene.faults.isOver || !random.chance(0.6)) return;
    this.later(10, 2_000, () => this.retry(after.id));
  }

  cancel(id: string): void {
    this.insist(`cancel ${id}`, ({ commands }) => commands.cancel(id, 'no longer wanted'));
  }

  pause(id: string): void {
    this.insist(`pause ${id}`, ({ commands }) => commands.pause(id, 'a look at it'));
  }

  resume(id: string): void {
    this.insist(`resume ${id}`, ({ commands }) => commands.resume(id));
  }

  /** Not tried again: whether it was stored is not known. */
  signal(executionId: string, name: string): void {
    const { process, commands } = this.current();
    const id = `sig_${String((this.sent += 1)).padStart(4, '0')}`;
    const signal: NewSignal = { id, executionId, name, data: '1', sentBy: 'client', sentAt: process.now };
    commands.signal(signal).then(
      () => commands.announceSignal(signal),
      () => undefined,
    );
  }

  private disturb(id: string): void {
    const { random } = this.scene.world;
    if (random.chance(0.2)) this.later(0, 6_000, () => this.cancel(id));
    if (random.chance(0.35)) {
      this.later(0, 5_000, () => {
        this.pause(id);
        this.later(100, 5_000, () => this.resume(id));
      });
    }
  }

  private create(execution: NewExecution, adoption?: Adoption): void {
    const start = async ({ commands, store }: Api) => {
      // After a failure nobody knows whether it was stored.
      const begin = (await store.load(execution.id)) ? undefined : await create(commands, execution, adoption);
      this.acknowledged.add(execution.id);
      begin?.();
    };
    this.insist(`start ${execution.id}`, start, this.startingApi());
  }

  private retry(sourceId: string): void {
    this.insist(`retry ${sourceId}`, async ({ store, process }) => {
      const source = await store.load(sourceId);
      const plan = this.scene.plans.get(source?.workflowId ?? '');
      if (!source || !plan) return;
      const done = [...stepsIn(source, 'completed'), ...stepsIn(source, 'skipped')];
      const steps = done.map((step) => adoptedStep(step, sourceId, this.scene.newRowId()));
      const id = this.newId();
      const execution = newExecution(plan, { id, retryOf: sourceId, createdAt: process.now });
      this.create({ ...execution, maxExecutionTime: NO_LIMIT_SECONDS }, { plan, from: sourceId, steps });
      this.disturb(id);
    });
  }

  /** Does it through whatever API process is up, until it is done, refused, or the process dies. */
  private insist(what: string, work: (api: Api) => Promise<unknown>, api = this.current()): void {
    const { trace } = this.scene.world;
    trace.note(api.process.name, what);
    const attempt = async () => {
      for (let tries = 0; tries < TRIES; tries += 1) {
        try {
          await work(api);
          return;
        } catch (error) {
          trace.note(api.process.name, `${what}: ${error instanceof Error ? error.message : String(error)}`);
          if (error instanceof AppError) return;
          await api.process.sleep(200);
        }
      }
    };
    void attempt();
  }

  private current(): Api {
    if (this.api && !this.api.process.isDead) return this.api;
    this.api = this.apiIn(new SimProcess(`a${(this.started += 1)}`, this.scene.world));
    return this.api;
  }

  /** Executions start in processes of their own, or in one with a worker, which then holds them from the start. */
  private startingApi(): Api {
    const member = this.scene.world.random.chance(0.5) ? this.workers.any() : undefined;
    return member ? this.apiIn(member.process, member.worker) : this.current();
  }

  private apiIn(process: SimProcess, claims?: StartClaims): Api {
    const { wakeUps, deaths } = this.scene;
    const store = storeOf(process, this.scene);
    const plans = plansOf(process, this.scene);
    const reach = deaths.reachOf(process);
    const commands = new ExecutionCommands(store, plans, wakeUps.of(process), process.clock, reach, claims);
    return { process, store, commands };
  }

  private later(min: number, max: number, work: () => void): void {
    const { scheduler, random } = this.scene.world;
    scheduler.after(random.between(min, max), work);
  }

  private newId(): string {
    return `exec_${String((this.executions += 1)).padStart(2, '0')}`;
  }
}

/** Gives what is to be called when it is stored. */
async function create(commands: ExecutionCommands, execution: NewExecution, adoption?: Adoption): Promise<() => void> {
  if (!adoption) {
    const start = await commands.prepare(execution);
    await commands.createAll([start]).catch((error: unknown) => {
      commands.abandon(start);
      throw error;
    });
    return () => commands.begin([start]);
  }
  await commands.create(execution, adoption);
  return () => commands.announce();
}
