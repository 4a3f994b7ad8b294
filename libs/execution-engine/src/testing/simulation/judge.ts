import type { ExecutionState } from '../../core/execution-state';
import { heldInitialState, initialState } from '../../core/initial-state';
import type { InMemoryExecutionStore } from '../../memory/in-memory-execution-store';
import type { ClaimRequest, ExecutionCommit, NewStart } from '../../ports/store.port';
import { idempotencyKeyOf, type StepContext } from '../../ports/step-handler.port';
import { brokenRuleOf, type WatchedCommit } from './commit-rules';
import type { SimProcess, World } from './sim-process';
import { PROMISES } from './promises';

export interface Violation {
  readonly invariant: string;
  readonly detail: string;
}

/** Watches what reaches the store and what handlers do, and keeps the first promise that was broken. */
export class Judge {
  private first: Violation | undefined;
  /** How often an attempt was started or restarted by a commit that stands, by its key. */
  private readonly starts = new Map<string, number>();
  /** How often a handler ran for it. */
  private readonly runs = new Map<string, number>();
  /** What handlers work on: the signals that would abort them, by process and attempt. */
  private readonly atWork = new WeakMap<SimProcess, Map<string, AbortSignal>>();
  /** Signals that have ended a wait. */
  private readonly spent = new Set<string>();

  constructor(
    private readonly world: World,
    private readonly store: InMemoryExecutionStore,
    /** Called with each commit that stands. */
    private readonly onCommit: (before: ExecutionState | undefined, after: ExecutionState) => void,
  ) {}

  get violation(): Violation | undefined {
    return this.first;
  }

  report(invariant: string, detail: string): void {
    if (this.first) return;
    this.first = { invariant, detail };
    this.world.trace.note('!!', `${invariant}: ${detail}`);
  }

  async watchInserts(starts: readonly NewStart[], insert: () => Promise<void>): Promise<void> {
    for (const { execution } of starts) {
      if (this.store.stateOf(execution.id)) throw new Error(`${execution.id} is there already`);
    }
    await insert();
    for (const { execution, held, first } of starts) {
      const after = this.store.stateOf(execution.id);
      if (!after || !first) continue;
      const before = held ? heldInitialState(execution) : initialState(execution);
      const owner = held?.workerId ?? null;
      this.judgeCommit({ before, commit: first, owner, now: this.world.scheduler.now });
      this.onCommit(undefined, after);
    }
  }

  async watchCommit(
    process: SimProcess,
    commit: ExecutionCommit,
    write: () => Promise<'committed' | 'lost'>,
  ): Promise<'committed' | 'lost'> {
    const { id } = commit.state;
    const [before, lease] = [this.store.stateOf(id), this.store.leaseOf(id)];
    const outcome = await write();
    this.world.trace.note('db', `${id} from ${process.name}: ${outcome}`);
    if (outcome === 'lost') return outcome;
    if (!before) this.report('only stored executions change', id);
    else this.judgeCommit({ before, commit, owner: lease?.owner ?? null, now: this.world.scheduler.now });
    this.onCommit(before, commit.state);
    return outcome;
  }

  async watchClaim(request: ClaimRequest, claim: () => Promise<ExecutionState[]>): Promise<ExecutionState[]> {
    const leases = new Map(this.store.executionIds().map((id) => [id, this.store.leaseOf(id)]));
    const claimed = await claim();
    const { now } = this.world.scheduler;
    for (const { id, leaseEpoch } of claimed) {
      this.world.trace.note('db', `${id} goes to ${request.workerId} with epoch ${leaseEpoch}`);
      const { owner = null, wakeAt = null } = leases.get(id) ?? {};
      const due = wakeAt !== null && wakeAt <= now;
      if (!due) this.report(PROMISES.claim, `${id} by ${request.workerId}, held by ${owner}`);
    }
    return claimed;
  }

  /** A handler begins an attempt. */
  handlerRuns(process: SimProcess, { idempotencyKey, execution, step }: StepContext): void {
    const runs = (this.runs.get(idempotencyKey) ?? 0) + 1;
    this.runs.set(idempotencyKey, runs);
    this.world.trace.note(process.name, `runs ${idempotencyKey} (${runs})`);
    const starts = this.starts.get(idempotencyKey) ?? 0;
    if (runs > starts) this.report('an attempt runs once for each committed start', `${idempotencyKey}: ${runs} runs`);
    this.judgeHandler(process, execution.id, step.id);
  }

  /** A handler goes on after a wait. */
  handlerResumes(process: SimProcess, { idempotencyKey, execution, step }: StepContext): void {
    this.world.trace.note(process.name, `resumes ${idempotencyKey}`);
    this.judgeHandler(process, execution.id, step.id);
  }

  /** From now until the function that it gives is called, a handler works on the attempt: alone, but for aborted ones. */
  handlerWorks(process: SimProcess, { idempotencyKey, signal }: StepContext): () => void {
    const signals = this.atWork.get(process) ?? new Map<string, AbortSignal>();
    this.atWork.set(process, signals);
    if (signals.get(idempotencyKey)?.aborted === false)
      this.report(PROMISES.alone, `${process.name} ${idempotencyKey}`);
    signals.set(idempotencyKey, signal);
    return () => {
      if (signals.get(idempotencyKey) === signal) signals.delete(idempotencyKey);
    };
  }

  /** A zombie cannot know yet that its step has ended elsewhere; the one who holds the lease must. */
  private judgeHandler(process: SimProcess, executionId: string, stepId: string): void {
    const step = this.store.stateOf(executionId)?.steps.get(stepId);
    const holds = this.store.leaseOf(executionId)?.owner === process.name;
    const ended = step?.status !== 'running' && step?.status !== 'waiting';
    if (holds && ended) this.report('a committed step is never run again', `${executionId}:${stepId} by its holder`);
  }

  private judgeCommit(watched: WatchedCommit): void {
    const broken = brokenRuleOf(watched);
    if (broken) this.report(...broken);
    const { state, steps, records, consumedSignals } = watched.commit;
    for (const id of consumedSignals) {
      if (this.spent.has(id)) this.report('a signal ends at most one wait', id);
      this.spent.add(id);
    }
    for (const { type, stepId } of records) {
      if (type !== 'step.started' && type !== 'step.restarted') continue;
      const step = steps.find((one) => one.stepId === stepId);
      const key = idempotencyKeyOf(state.id, stepId ?? '', step?.attempt ?? 0);
      this.starts.set(key, (this.starts.get(key) ?? 0) + 1);
    }
  }
}
