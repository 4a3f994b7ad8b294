import { startableSteps, stepsIn } from '../core/execution-state';
import { heldInitialState } from '../core/initial-state';
import type { ExecutionPlan } from '../core/plan';
import type { HeldExecution } from '../ports/start-claims.port';
import type { HeldStart, NewExecution } from '../ports/store.port';
import { RunLedger } from './run-ledger';
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
  const ledger = new RunLedger(plan, heldInitialState(execution));
  const unopened: HeldExecution = { state: ledger.state, first: undefined };
  ledger.apply({ type: 'execution_started', at: now });
  const ids = startableSteps(plan, ledger.state, now);
  if (ids.length === 0 || ids.length > most) return unopened;
  for (const id of ids) {
    const event = await runner.prepare(plan, ledger.state, id, NEVER);
    if (event.type !== 'step_started') return unopened;
    ledger.apply(event);
  }
  if (stepsIn(ledger.state, 'running').length < ids.length) return unopened;
  return { state: ledger.state, first: ledger.commitAt(now, { owner: workerId, wakeAt: now + leaseMs }) };
}

const NEVER = new AbortController().signal;
