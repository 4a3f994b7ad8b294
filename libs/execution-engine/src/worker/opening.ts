import { commitOf } from '../core/commit';
import type { EventRecord, ExecutionState } from '../core/execution-state';
import { startableSteps, stepsIn } from '../core/execution-state';
import { heldInitialState } from '../core/initial-state';
import type { ExecutionPlan } from '../core/plan';
import { transition } from '../core/transition';
import type { EngineEvent } from '../core/engine-event';
import type { HeldExecution } from '../ports/start-claims.port';
import type { HeldStart, NewExecution } from '../ports/store.port';
import type { StepRunner } from './step-runner';

/**
 * The first round of an execution that is being stored under a claim: it starts, and so do the steps that depend on
 * nothing. Only the common case: whatever else may happen to a step before it runs (it is skipped, waits, is too dear,
 * its mapping needs more than a look) is left to the run, and the execution is stored as it was made.
 * @param runner evaluates expressions at once, or not at all
 * @param most steps that may run at once
 */
export async function openingOf(
  plan: ExecutionPlan,
  execution: NewExecution,
  { workerId, now, leaseMs }: HeldStart,
  runner: StepRunner,
  most: number,
): Promise<HeldExecution> {
  const before = heldInitialState(execution);
  const unopened: HeldExecution = { state: before, first: undefined };
  let state: ExecutionState = before;
  const records: EventRecord[] = [];
  const apply = (event: EngineEvent): void => {
    const next = transition(plan, state, event);
    state = next.state;
    records.push(...next.records);
  };
  apply({ type: 'execution_started', at: now });
  const ids = startableSteps(plan, state, now);
  if (ids.length === 0 || ids.length > most) return unopened;
  for (const id of ids) {
    const event = await runner.prepare(plan, state, id, NEVER);
    if (event.type !== 'step_started') return unopened;
    apply(event);
  }
  if (stepsIn(state, 'running').length < ids.length) return unopened;
  return {
    state,
    first: commitOf({ before, after: state, records }, { owner: workerId, wakeAt: now + leaseMs }, now),
  };
}

const NEVER = new AbortController().signal;
