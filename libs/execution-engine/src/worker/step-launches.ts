import type { StepEvent } from '../core/engine-event';
import { isWaitingToStart, nextDue, stepsIn, type StepState } from '../core/execution-state';
import type { ExecutionPlan } from '../core/plan';
import type { ActiveSteps } from './active-steps';
import type { RunDependencies } from './run-dependencies';
import type { RunLedger } from './run-ledger';

/** What is due already but finds no free slot is looked at again after this, rather than in a tight loop. */
const SHORTEST_LOOK_MS = 10;

/** Where a run hears of its handlers. */
export interface LaunchListener {
  outcome(step: StepState, event: StepEvent): void;
  /** Something is due. One function for the whole run, so that whoever keeps it for later keeps it once. */
  readonly look: () => void;
}

/** Begins the handlers of a run: of what the committed state says runs, and no handler runs yet. */
export class StepLaunches {
  constructor(
    private readonly plan: ExecutionPlan,
    private readonly ledger: RunLedger,
    private readonly active: ActiveSteps,
    private readonly deps: Pick<RunDependencies, 'clock' | 'runner' | 'reach'>,
    private readonly listener: LaunchListener,
  ) {}

  /** Steps that run (or, unless the run drains, are due), and that no handler runs. */
  missing(draining: boolean): StepState[] {
    const running = stepsIn(this.ledger.state, 'running');
    const candidates = draining ? running : [...running, ...this.due()];
    return candidates.filter(({ stepId }) => !this.active.isRunning(stepId));
  }

  launch(draining: boolean): void {
    for (const step of this.missing(draining)) {
      this.active.begin(
        step,
        () => this.listener.outcome(step, this.timeOut(step)),
        (signal) => this.execute(step, signal),
      );
    }
    const due = nextDue(this.ledger.committed);
    const soon = this.deps.clock.now() + SHORTEST_LOOK_MS;
    if (due !== null) this.active.lookAt(Math.max(due, soon), this.listener.look);
  }

  timeOut(step: StepState): StepEvent {
    const message = 'the step ran longer than its timeout_seconds';
    return this.deps.runner.interrupted(step, 'step_timeout', message, AbortSignal.abort());
  }

  private due(): StepState[] {
    const now = this.deps.clock.now();
    return stepsIn(this.ledger.state, 'waiting').filter(
      (step) =>
        step.wait?.kind !== 'retry' && (step.wait?.until ?? Infinity) <= now && !isWaitingToStart(this.plan, step),
    );
  }

  private async execute(step: StepState, signal: AbortSignal): Promise<void> {
    const { runner, reach } = this.deps;
    const wait = step.status === 'waiting' ? (step.wait ?? undefined) : undefined;
    reach('handler_started');
    const event = await runner.execute(this.plan, this.ledger.state, step, signal, wait);
    reach('handler_ended');
    this.listener.outcome(step, event);
  }
}
