import { sha256Hex } from '@aitbc/shared-core';
import type { Draft } from './draft';
import type { EngineEvent } from './engine-event';
import type { StepState } from './execution-state';
import type { JsonObject } from '@aitbc/shared-domain';

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

/** Steps in flight stay `running` in the store: whoever goes on after the resumption runs the same attempts again. */
export function pause(draft: Draft, event: EventOf<'pause_requested'>): boolean {
  if (draft.state.status === 'paused') return false;
  draft.setStatus('paused');
  // With the epoch raised, the worker that holds it now can write no more.
  draft.set({ pausedAt: event.at, leaseEpoch: draft.state.leaseEpoch + 1 });
  draft.record('execution.paused', null, { reason: event.reason });
  return true;
}

/** Every time limit is moved by the length of the pause. A timer is not: it ends at the time it was set for. */
export function resume(draft: Draft, at: number): boolean {
  const { status, pausedAt, startedAt, deadlineAt, steps } = draft.state;
  if (status !== 'paused') return false;
  const pausedMs = Math.max(0, at - (pausedAt ?? at));
  for (const step of steps.values()) {
    if (step.deadlineAt !== null) draft.putStep({ ...step, deadlineAt: step.deadlineAt + pausedMs });
  }
  draft.setStatus(startedAt === null ? 'pending' : 'running');
  draft.set({ pausedAt: null, deadlineAt: deadlineAt === null ? null : deadlineAt + pausedMs });
  draft.record('execution.resumed', null, { paused_ms: pausedMs });
  return true;
}

/** Only before the first start: later the plan's own steps have rows. */
export function adopt(draft: Draft, { from, steps }: EventOf<'steps_adopted'>): boolean {
  if (draft.state.status !== 'pending' || draft.state.steps.size > 0) return false;
  for (const step of steps) draft.putStep(step);
  draft.set({ completedSteps: steps.length });
  // The hashes stand in the history as those of steps that ran here do, so that later changes of the rows are seen.
  const hashes = steps.map(({ stepId, input, output }) => [
    stepId,
    { input_hash: hash(input), output_hash: hash(output) },
  ]);
  const adopted = steps.map(({ stepId }) => stepId);
  draft.record('execution.forked', null, { from, adopted, hashes: Object.fromEntries(hashes) as JsonObject });
  return true;
}

function hash(text: string | null): string | null {
  return text === null ? null : sha256Hex(text);
}

/** A completed (or skipped) step of one execution as a step of another, in which it costs nothing. */
export function adoptedStep(step: StepState, from: string, rowId: string): StepState {
  const free = { cost: 0, reservedCost: 0, charges: [], jobReceiptId: null };
  return { ...step, ...free, id: rowId, adoptedFrom: from, releasePending: false };
}
