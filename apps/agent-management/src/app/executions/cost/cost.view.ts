import { fromUnits } from '@aitbc/shared-core';
import type { AgentStepExecution, CostBasis, StepCharge } from '@aitbc/shared-domain';
import type { ExecutionRecord } from '../execution.repository';

/** Answer of `GET /executions/{id}/cost`: what each attempt of each step has cost, and out of what that was computed. */
export function costBody({ execution, steps }: ExecutionRecord) {
  return {
    execution_id: execution.id,
    status: execution.status,
    total_cost: fromUnits(execution.totalCost),
    reserved_cost: fromUnits(steps.reduce((sum, { reservedCost }) => sum + reservedCost, 0)),
    budget: fromUnits(execution.maxCostBudget),
    steps: steps.flatMap(attemptsOf),
  };
}

/** One entry for each attempt that has begun; an adopted step has had its attempts elsewhere. */
function attemptsOf(step: AgentStepExecution) {
  if (step.adoptedFrom !== null) return [{ ...attemptBody(step, step.attempt), adopted_from: step.adoptedFrom }];
  return Array.from({ length: step.attempt }, (_, index) => attemptBody(step, index + 1));
}

function attemptBody(step: AgentStepExecution, attempt: number) {
  const charge = step.charges?.find((each) => each.attempt === attempt);
  const last = attempt === step.attempt ? unexplained(step) : 0;
  return {
    step_id: step.stepId,
    step_type: step.stepType,
    attempt,
    cost: fromUnits((charge?.cost ?? 0) + last),
    basis: charge ? basisBody(charge.basis) : { kind: 'none' },
    ...receiptOf(step, charge),
  };
}

/** What a step has cost that ended before charges were kept: shown with its last attempt, so that all adds up. */
function unexplained({ cost, charges }: AgentStepExecution): number {
  return cost - (charges ?? []).reduce((sum, charge) => sum + charge.cost, 0);
}

function receiptOf({ charges, jobReceiptId }: AgentStepExecution, charge: StepCharge | undefined) {
  const id = charge?.jobReceiptId ?? (charges === null ? jobReceiptId : null);
  return id === null ? {} : { job_receipt_id: id };
}

/** Prices are shown in coins, as the operator writes them. */
function basisBody(basis: CostBasis) {
  const { kind } = basis;
  switch (kind) {
    case 'job':
      return { kind, job_id: basis.jobId };
    case 'tokens':
      return {
        kind,
        model: basis.model,
        prompt_tokens: basis.promptTokens,
        completion_tokens: basis.completionTokens,
        input_price: coinsOrNull(basis.inputPrice),
        output_price: coinsOrNull(basis.outputPrice),
      };
    case 'cpu':
      return { kind, cpu_microseconds: basis.cpuMicros, price_per_second: fromUnits(basis.pricePerSecond) };
  }
}

function coinsOrNull(units: number | null): number | null {
  return units === null ? null : fromUnits(units);
}
