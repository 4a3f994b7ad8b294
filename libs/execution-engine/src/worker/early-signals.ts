import type { WaitKind } from '@aitbc/shared-domain';
import { stepsIn } from '../core/execution-state';
import type { ActiveSteps } from './active-steps';
import type { RunDependencies } from './run-dependencies';
import type { RunLedger } from './run-ledger';

/** What came for the waiting steps of a run before the wait for it was committed; see `SignalMemory`. */
export class EarlySignals {
  constructor(
    private readonly ledger: RunLedger,
    private readonly active: ActiveSteps,
    private readonly deps: Pick<RunDependencies, 'signals' | 'store' | 'clock'>,
  ) {}

  /** Gives what came for steps that the run goes on to hold. */
  take(): string[] {
    return this.early().map(({ ref }) => ref);
  }

  /** The run has let go: whoever takes the execution up next is to find it due. */
  async handOver(): Promise<void> {
    for (const { kind, ref } of this.early()) {
      await this.deps.store.signal(kind, [ref], this.deps.clock.now());
    }
  }

  /**
   * A step whose handler is looking at this moment is left out: its look may have come too early to see what was
   * signalled, and it asks again after it.
   */
  private early(): { kind: WaitKind; ref: string }[] {
    const idle = stepsIn(this.ledger.committed, 'waiting').filter(({ stepId }) => !this.active.isRunning(stepId));
    return this.deps.signals.takeAwaited(idle);
  }
}
