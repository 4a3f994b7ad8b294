import { commitOf } from '../core/commit';
import type { EngineEvent } from '../core/engine-event';
import type { EventRecord, ExecutionState } from '../core/execution-state';
import type { ExecutionPlan } from '../core/plan';
import { transition } from '../core/transition';
import type { ExecutionCommit } from '../ports/store.port';
import { commitPersistently, type PersistenceOptions } from './persistent-commit';

/** The state of a run: what is committed, and what has come on top of it. */
export class RunLedger {
  private current: ExecutionState;
  private stored: ExecutionState;
  private records: EventRecord[] = [];
  private consumed: string[] = [];

  constructor(
    readonly plan: ExecutionPlan,
    claimed: ExecutionState,
  ) {
    this.current = claimed;
    this.stored = claimed;
  }

  /** With everything applied. */
  get state(): ExecutionState {
    return this.current;
  }

  /** As the store has it. */
  get committed(): ExecutionState {
    return this.stored;
  }

  get isClean(): boolean {
    return this.current === this.stored;
  }

  apply(event: EngineEvent): void {
    const next = transition(this.plan, this.current, event);
    this.current = next.state;
    this.records.push(...next.records);
  }

  /** A signal ends the wait of a step. */
  takeSignal(stepId: string, signalId: string, data: string, at: number): void {
    this.apply({ type: 'step_wait_ended', at, stepId, awaited: data, signalId });
    this.consumed.push(signalId);
  }

  hasTaken(signalId: string): boolean {
    return this.consumed.includes(signalId);
  }

  /** What would bring the store from the committed state to this one. */
  commitAt(at: number, lease: ExecutionCommit['lease']): ExecutionCommit {
    const { stored: before, current: after, records, consumed: consumedSignals } = this;
    return commitOf({ before, after, records, consumedSignals }, lease, at);
  }

  /** Writes what has come since the last commit. Nothing else may be applied meanwhile. */
  async commit(lease: ExecutionCommit['lease'], options: PersistenceOptions): Promise<'committed' | 'lost'> {
    const outcome = await commitPersistently(this.commitAt(options.clock.now(), lease), options);
    if (outcome === 'committed') {
      this.stored = this.current;
      this.records = [];
      this.consumed = [];
    }
    return outcome;
  }
}
