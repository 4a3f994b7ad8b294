import type { Logger } from '@aitbc/shared-core';
import { type DebugPoints, noDebugPoints } from '../ports/debug-points.port';
import { type HeldStep, idempotencyKeyOf } from '../ports/step-handler.port';
import type { ExecutionStore } from '../ports/store.port';
import type { StepHandlers } from './step-runner';

const BATCH = 100;

/**
 * Lets go of what ended steps still hold outside: a cancelled step's job, say. The need for it is in the database, so
 * that a crash between the cancel and the call to the coordinator loses nothing.
 */
export class ReleaseSweep {
  constructor(
    private readonly store: ExecutionStore,
    private readonly handlers: StepHandlers,
    private readonly logger: Logger,
    private readonly reach: DebugPoints = noDebugPoints,
  ) {}

  /** One pass. Steps of executions that still run here come later: their handlers may just be submitting a job. */
  async sweep(stillRuns: (executionId: string) => boolean): Promise<void> {
    const held = await this.store.unreleased(BATCH);
    const released: string[] = [];
    for (const step of held) {
      if (!stillRuns(step.executionId) && (await this.release(step))) released.push(step.rowId);
    }
    if (released.length === 0) return;
    this.reach('before_marking_released');
    await this.store.markReleased(released);
  }

  /** Lets go of these, whether or not they are marked. */
  async letGo(steps: readonly HeldStep[]): Promise<void> {
    for (const step of steps) await this.release(step);
  }

  /**
   * Of every attempt, not of the last one only: each attempt lets go of the one before it when it runs, but one that was
   * started and then cancelled with its execution never ran.
   */
  private async release(step: HeldStep): Promise<boolean> {
    const { executionId, stepId } = step;
    try {
      for (let attempt = step.attempt; attempt > 0; attempt -= 1) {
        const idempotencyKey = idempotencyKeyOf(executionId, stepId, attempt);
        await this.handlers[step.stepType]?.release?.({ ...step, attempt, idempotencyKey });
      }
      return true;
    } catch (error) {
      this.logger.warn('a step could not let go of what it holds; it is tried again', { step_id: stepId, error });
      return false;
    }
  }
}
