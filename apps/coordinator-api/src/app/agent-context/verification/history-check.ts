import type { ReceiptCheck } from '@aitbc/receipts';
import { sha256Hex } from '@aitbc/shared-core';
import type { AgentStepExecution, ExecutionEvent, JsonValue } from '@aitbc/shared-domain';
import type { ExecutionRecord } from '../executions';
import { check } from './execution-checks';

/** The newest event of each type and step; of the execution itself under the type alone. */
type Newest = ReadonlyMap<string, ExecutionEvent>;

/**
 * Compares what is stored with what the history recorded when it happened: the hashes of each input, output and of the
 * result, recomputed from their rows, and the costs. A row that was changed by other hands than the engine's differs.
 */
export function historyCheck({ execution, steps }: ExecutionRecord, events: readonly ExecutionEvent[]): ReceiptCheck {
  const newest: Newest = new Map(events.map((event) => [keyOf(event.type, event.stepId), event]));
  const problems = [
    ...(isGapFree(events, execution.eventSeq) ? [] : ['the history has a gap']),
    ...steps.flatMap((step) => stepProblems(step, newest)),
    ...difference('the result', execution.finalResult, recorded(newest, 'execution.completed', null, 'result_hash')),
  ];
  const detail = problems[0] ?? `inputs, outputs, costs and result are those of the ${events.length} recorded events`;
  return check('matches_history', problems.length === 0, detail);
}

function isGapFree(events: readonly ExecutionEvent[], last: number): boolean {
  return events.length === last && events.every(({ seq }, index) => seq === index + 1);
}

function stepProblems({ stepId, input, output, status, cost }: AgentStepExecution, newest: Newest): string[] {
  const costThen = recorded(newest, 'step.completed', stepId, 'cost_units');
  return [
    ...difference(`the input of step '${stepId}'`, input, recorded(newest, 'step.started', stepId, 'input_hash')),
    ...difference(`the output of step '${stepId}'`, output, recorded(newest, 'step.completed', stepId, 'output_hash')),
    ...(status === 'completed' && cost !== costThen ? [`the cost of step '${stepId}' is not the recorded one`] : []),
  ];
}

function recorded(newest: Newest, type: string, stepId: string | null, name: string): JsonValue {
  const data = newest.get(keyOf(type, stepId))?.data;
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data[name] ?? null) : null;
}

function difference(what: string, text: string | null, hashThen: JsonValue): string[] {
  const hashNow = text === null ? null : sha256Hex(text);
  return hashNow === hashThen ? [] : [`${what} is not the recorded one`];
}

function keyOf(type: string, stepId: string | null): string {
  return stepId === null ? type : `${type}/${stepId}`;
}
