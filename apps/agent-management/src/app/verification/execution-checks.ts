import type { ReceiptCheck } from '@aitbc/receipts';
import { canonicalJson } from '@aitbc/shared-core';
import type { AgentExecution, AgentStepExecution } from '@aitbc/shared-domain';
import type { ExecutionWithVersion } from '../executions';
import { workflowHash } from '../workflows';

/** `basic`: completed, output present, no error. */
export function basicChecks({ record: { execution } }: ExecutionWithVersion): ReceiptCheck[] {
  const { status, finalResult, errorCode } = execution;
  return [
    check('completed', status === 'completed', `the execution is ${status}`),
    check('output_present', finalResult !== null, finalResult === null ? 'there is no result' : 'there is a result'),
    check('no_error', errorCode === null, errorCode === null ? 'no error was recorded' : `the error is ${errorCode}`),
  ];
}

/** What `full` adds from the stored rows: limits kept, sums right, and every stored text the canonical one of its value. */
export function storedDataChecks(found: ExecutionWithVersion, memoryLimitBytes: number): ReceiptCheck[] {
  const { execution, steps } = found.record;
  return [
    timeCheck(execution),
    memoryCheck(steps, memoryLimitBytes),
    costCheck(execution),
    sumCheck(execution, steps),
    workflowCheck(found),
    canonicalCheck(execution, steps),
  ];
}

/** Pauses do not count: the deadline was moved by their length. */
function timeCheck({ startedAt, completedAt, deadlineAt, maxExecutionTime }: AgentExecution): ReceiptCheck {
  const begun = startedAt ?? completedAt ?? 0;
  const paused = (deadlineAt ?? begun + maxExecutionTime * 1000) - begun - maxExecutionTime * 1000;
  const ms = (completedAt ?? 0) - begun - paused;
  return check('time_within_limit', ms <= maxExecutionTime * 1000, `${ms / 1000} s of ${maxExecutionTime} s`);
}

function memoryCheck(steps: readonly AgentStepExecution[], limit: number): ReceiptCheck {
  const used = steps.map(({ metrics }) => metrics?.['memory_bytes']).filter((bytes) => typeof bytes === 'number');
  const most = Math.max(0, ...used);
  const detail = used.length === 0 ? 'no step ran in a memory-limited sandbox' : `at most ${most} bytes of ${limit}`;
  return check('memory_within_limit', most <= limit, detail);
}

function costCheck({ totalCost, maxCostBudget }: AgentExecution): ReceiptCheck {
  const limit = maxCostBudget === 0 ? 'no limit' : `${maxCostBudget} units`;
  return check(
    'cost_within_budget',
    maxCostBudget === 0 || totalCost <= maxCostBudget,
    `${totalCost} units of ${limit}`,
  );
}

function sumCheck({ totalCost }: AgentExecution, steps: readonly AgentStepExecution[]): ReceiptCheck {
  const sum = steps.reduce((total, { cost }) => total + cost, 0);
  return check('cost_is_sum_of_steps', sum === totalCost, `the steps cost ${sum} units, the execution ${totalCost}`);
}

function workflowCheck({ version }: ExecutionWithVersion): ReceiptCheck {
  const hash = workflowHash(version);
  return check('workflow_hash', hash === version.workflowHash, `the stored definition hashes to ${hash}`);
}

function canonicalCheck(execution: AgentExecution, steps: readonly AgentStepExecution[]): ReceiptCheck {
  const texts = [execution.inputs, execution.finalResult, ...steps.flatMap(({ input, output }) => [input, output])];
  const stored = texts.filter((text) => text !== null);
  const wrong = stored.filter((text) => canonicalJson(JSON.parse(text)) !== text);
  return check(
    'canonical_values',
    wrong.length === 0,
    `${stored.length - wrong.length} of ${stored.length} stored values`,
  );
}

export function check(name: string, ok: boolean, detail: string): ReceiptCheck {
  return { name, ok, detail };
}
