import type { Logger } from '@aitbc/shared-core';
import type { Clock } from '../ports/clock.port';
import type { DebugPoints } from '../ports/debug-points.port';
import type { EngineMetrics } from '../ports/engine-metrics.port';
import type { ExecutionStore } from '../ports/store.port';
import type { SignalMemory } from './signal-memory';
import type { Slots } from './slots';
import type { StepRunner } from './step-runner';

/** What a worker shares among its runs. */
export interface RunDependencies {
  readonly store: ExecutionStore;
  readonly runner: StepRunner;
  readonly clock: Clock;
  readonly slots: Slots;
  readonly signals: SignalMemory;
  readonly logger: Logger;
  readonly reach: DebugPoints;
  readonly metrics: EngineMetrics;
}

export interface RunOptions {
  readonly workerId: string;
  readonly leaseMs: number;
  /** When the execution was claimed (ms): from then on the lease runs. */
  readonly claimedAt: number;
  /** It was stored with its first steps begun, by `openingOf`: they run for the first time, and are no restarts. */
  readonly isOpen: boolean;
  /** How many steps of one execution run at once. */
  readonly maxParallelSteps: number;
}
