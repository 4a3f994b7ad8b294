import type { Coverage } from './coverage';
import { COMMIT_FAULTS, type CommitFault, type FaultKind, type OtherFault } from './fault-kinds';
import type { SeededRandom } from './seeded-random';
import type { SimProcess } from './sim-process';
import type { TransitionType } from './transitions-of';

/** Transitions that most executions never make: a commit with one of them is more likely to meet a fault. */
const RARE: ReadonlySet<TransitionType> = new Set([
  'execution_completed',
  'execution_failed',
  'cancel_requested',
  'deadline_reached',
  'pause_requested',
  'resume_requested',
  'steps_adopted',
  'step_unprepared',
  'step_skipped',
  'step_restarted',
  'step_wait_begun',
  'step_wait_ended',
  'step_suspended',
]);
const COMMON_CHANCE = 0.1;
const RARE_CHANCE = 0.5;

/** A process that dies is gone for a while with all it holds, so that this is drawn a little less often than the others. */
const WEIGHTS: Readonly<Record<CommitFault, number>> = {
  refused: 1,
  disconnected: 1,
  duplicated: 1,
  delayed: 1,
  overdue: 1,
  crashed: 0.9,
  frozen: 0.9,
};

/**
 * Decides which fault meets which call, and counts it. Each run prefers some kinds over others (A. Groce et al., Swarm
 * Testing, ISSTA 2012): runs that are all alike reach fewer combinations than runs that differ.
 */
export class FaultPlan {
  private stopped = false;
  private readonly weights: Record<CommitFault, number>;
  private readonly chances: Record<OtherFault, number>;

  constructor(
    private readonly random: SeededRandom,
    private readonly coverage: Coverage,
    private readonly leaseMs: number,
  ) {
    const preferred = () => random.pick([0.3, 1, 2]);
    this.weights = { ...WEIGHTS };
    for (const kind of COMMIT_FAULTS) this.weights[kind] *= preferred();
    this.chances = {
      claim_refused: 0.06 * preferred(),
      claim_disconnected: 0.06 * preferred(),
      look_frozen: 0.03 * preferred(),
      renewal_failed: 0.15 * preferred(),
      read_failed: 0.03 * preferred(),
      wake_lost: 0.08 * preferred(),
      wake_doubled: 0.08 * preferred(),
      wake_late: 0.08 * preferred(),
    };
  }

  get isOver(): boolean {
    return this.stopped;
  }

  /** From now on everything works. */
  stop(): void {
    this.stopped = true;
  }

  /** A fault for a commit with these transitions; counted together with what struck its sender lately. */
  ofCommit(process: SimProcess, transitions: ReadonlySet<TransitionType>): CommitFault | undefined {
    for (const [kind, at] of process.struck) {
      if (process.now - at > this.leaseMs) continue;
      for (const transition of transitions) this.coverage.count(transition, kind as FaultKind);
    }
    if (this.stopped) return undefined;
    const rare = [...transitions].some((transition) => RARE.has(transition));
    if (!this.random.chance(rare ? RARE_CHANCE : COMMON_CHANCE)) return undefined;
    const fault = this.random.pickWeighted(this.weights);
    if (fault) for (const transition of transitions) this.coverage.count(transition, fault);
    return fault;
  }

  /** The sender of a commit with these transitions died before it could send it. */
  died(transitions: ReadonlySet<TransitionType>): void {
    for (const transition of transitions) this.coverage.count(transition, 'crashed');
  }

  /** A wake-up that tells of these transitions met a fault. */
  tell(transitions: ReadonlySet<TransitionType>, fault: OtherFault): void {
    for (const transition of transitions) this.coverage.count(transition, fault);
  }

  /** One of these faults for another call of a process, or none. */
  strike<Kind extends OtherFault>(process: SimProcess, ...kinds: readonly Kind[]): Kind | undefined {
    if (this.stopped) return undefined;
    const fault = kinds.find((kind) => this.random.chance(this.chances[kind]));
    if (fault) process.struck.set(fault, process.now);
    return fault;
  }
}
