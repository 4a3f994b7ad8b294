import type { Logger } from '@aitbc/shared-core';
import type { Clock } from '../ports/clock.port';
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
}

export interface RunOptions {
  readonly workerId: string;
  readonly leaseMs: number;
  /** How many steps of one execution run at once. */
  readonly maxParallelSteps: number;
}
