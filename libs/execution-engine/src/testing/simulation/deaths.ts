import { DEBUG_POINTS, type DebugPoint, type DebugPoints } from '../../ports/debug-points.port';
import type { FaultPlan } from './fault-plan';
import type { SimProcess } from './sim-process';

/** How likely a process dies whenever it reaches a point; the rarer the point, the likelier. */
const CHANCES: Readonly<Record<DebugPoint, number>> = {
  claimed: 0.02,
  before_commit: 0.01,
  after_commit: 0.01,
  handler_started: 0.01,
  handler_ended: 0.01,
  handed_over: 0.02,
  leases_renewed: 0.05,
  before_marking_released: 0.1,
  before_announcing: 0.05,
  news_stored: 0.02,
};

/** Kills processes at the engine's debug points, and counts how often at which. */
export class Deaths {
  readonly counts = new Map<DebugPoint, number>(DEBUG_POINTS.map((point) => [point, 0]));

  constructor(private readonly faults: FaultPlan) {}

  /** What a process calls at each point. */
  reachOf(process: SimProcess): DebugPoints {
    return (point) => {
      if (process.isDead || this.faults.isOver || !process.world.random.chance(CHANCES[point])) return;
      this.counts.set(point, (this.counts.get(point) ?? 0) + 1);
      process.crash(`at ${point}`);
    };
  }
}
