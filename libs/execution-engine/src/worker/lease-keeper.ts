import type { Clock } from '../ports/clock.port';
import type { ExecutionStore, HeldLease } from '../ports/store.port';
import type { ExecutionRun } from './execution-run';

type Held = Pick<ExecutionRun, 'executionId' | 'leaseEpoch' | 'renewed' | 'leaseGone'>;

/** Keeps the leases of one worker's runs: renews them at a third of their length, and ends the runs that have lost theirs. */
export class LeaseKeeper {
  private lastRenewal = 0;

  constructor(
    private readonly store: Pick<ExecutionStore, 'renew' | 'lost'>,
    private readonly clock: Clock,
    private readonly leaseMs: number,
  ) {}

  /** Leases that are taken from now on are fresh. */
  begin(): void {
    this.lastRenewal = this.clock.now();
  }

  /** Renews when it is time, and otherwise only looks which are lost; tells whether it renewed. */
  async keep(runs: readonly Held[]): Promise<boolean> {
    if (runs.length === 0) return false;
    const held = runs.map(leaseOf);
    const now = this.clock.now();
    const renew = now - this.lastRenewal >= this.leaseMs / 3;
    const lost = renew ? await this.store.renew(held, this.leaseMs, now) : await this.store.lost(held);
    for (const lease of lost) lose(runs, lease);
    if (!renew) return false;
    this.lastRenewal = now;
    // A run that began meanwhile has a younger lease; this can only make it careful too early, never too late.
    for (const run of runs) run.renewed(now + this.leaseMs);
    return true;
  }
}

/** A run that has moved on to a newer epoch meanwhile was claimed again: that lease is not the lost one. */
function lose(runs: readonly Held[], { executionId, leaseEpoch }: HeldLease): void {
  const run = runs.find((one) => one.executionId === executionId);
  if (run?.leaseEpoch === leaseEpoch) run.leaseGone('taken');
}

/** A run's lease, as the store knows it. */
export function leaseOf({ executionId, leaseEpoch }: Pick<ExecutionRun, 'executionId' | 'leaseEpoch'>): HeldLease {
  return { executionId, leaseEpoch };
}
