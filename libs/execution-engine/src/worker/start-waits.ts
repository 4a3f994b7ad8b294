import { isWaitingToStart, type StepState, stepsIn } from '../core/execution-state';
import type { Clock } from '../ports/clock.port';
import type { ExecutionStore } from '../ports/store.port';
import type { RunLedger } from './run-ledger';

const NOTHING = 'null';

/** Ends the waits (`wait_for`) of one run's steps when their time or their signal has come. */
export class StartWaits {
  /** Steps whose signals were looked for since there was news. */
  private readonly looked = new Set<string>();

  constructor(
    private readonly ledger: RunLedger,
    private readonly store: Pick<ExecutionStore, 'pendingSignals'>,
    private readonly clock: Clock,
  ) {}

  /** A signal may have been stored. */
  news(): void {
    this.looked.clear();
  }

  get awaitsSignals(): boolean {
    return this.signalWaits().length > 0;
  }

  /** Ends every wait that can end. */
  async end(isLost: () => boolean): Promise<void> {
    this.endTimers();
    const unseen = this.signalWaits().filter(({ stepId }) => !this.looked.has(stepId));
    if (unseen.length === 0) return;
    for (const { stepId } of unseen) this.looked.add(stepId);
    const signals = await this.store.pendingSignals(this.ledger.state.id);
    if (isLost()) return;
    for (const { id, name, data } of signals) {
      if (!this.ledger.hasTaken(id)) this.giveToFirst(id, name, data);
    }
  }

  private endTimers(): void {
    const at = this.clock.now();
    for (const { stepId, wait } of this.waiting()) {
      if (wait?.kind !== 'timer' || (wait.until ?? 0) > at) continue;
      this.ledger.apply({ type: 'step_wait_ended', at, stepId, awaited: NOTHING, signalId: null });
    }
  }

  /** One signal ends one wait: that of the step which has waited longest. */
  private giveToFirst(signalId: string, name: string, data: string): void {
    const step = this.signalWaits().find(({ wait }) => wait?.ref === name);
    if (step) this.ledger.takeSignal(step.stepId, signalId, data, this.clock.now());
  }

  private signalWaits(): StepState[] {
    return this.waiting().filter(({ wait }) => wait?.kind === 'signal');
  }

  /** Rows' ids sort by the time at which they were made, which is when their waits began. */
  private waiting(): StepState[] {
    const { plan, state } = this.ledger;
    if (plan.waits.size === 0) return [];
    const waiting = stepsIn(state, 'waiting').filter((step) => isWaitingToStart(plan, step));
    return waiting.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}
