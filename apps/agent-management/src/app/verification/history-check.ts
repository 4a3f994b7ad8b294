import type { ReceiptCheck } from '@aitbc/receipts';
import { sha256Hex } from '@aitbc/shared-core';
import type { AgentStepExecution, ExecutionEvent, JsonObject, JsonValue } from '@aitbc/shared-domain';
import type { ExecutionRecord } from '../executions';
import { check } from './execution-checks';

/** The newest event of each type and step; of the execution itself under the type alone. */
type Newest = ReadonlyMap<string, ExecutionEvent>;

/**
 * Compares what is stored with what the history recorded when it happened: the hashes of the inputs, of each step's
 * input and output and of the result, recomputed from their rows, and the costs. A row that was changed by other hands
 * than the engine's differs.
 */
export function historyCheck({ execution, steps }: ExecutionRecord, events: readonly ExecutionEvent[]): ReceiptCheck {
  const newest: Newest = new Map(events.map((event) => [keyOf(event.type, event.stepId), event]));
  const problems = [
    ...(isGapFree(events, execution.eventSeq) ? [] : ['the history has a gap']),
    ...inputsProblems(execution.inputs, newest),
    ...steps.flatMap((step) => stepProblems(step, newest)),
    ...difference('the result', execution.finalResult, recorded(newest, 'execution.completed', null)['result_hash']),
  ];
  const detail = problems[0] ?? `inputs, outputs, costs and result are those of the ${events.length} recorded events`;
  return check('matches_history', problems.length === 0, detail);
}

function isGapFree(events: readonly ExecutionEvent[], last: number): boolean {
  return events.length === last && events.every(({ seq }, index) => seq === index + 1);
}

/** Nothing is recorded for an execution that ended before it began, or began under a release that did not record it. */
function inputsProblems(inputs: string, newest: Newest): string[] {
  const hash = recorded(newest, 'execution.started', null)['inputs_hash'];
  return hash === undefined ? [] : difference('the input of the execution', inputs, hash);
}

function stepProblems(step: AgentStepExecution, newest: Newest): string[] {
  const { stepId, input, output, status, cost } = step;
  const then = step.adoptedFrom === null ? ranHere(stepId, newest) : adopted(stepId, newest);
  return [
    ...difference(`the input of step '${stepId}'`, input, then.input),
    ...difference(`the output of step '${stepId}'`, output, then.output),
    ...(status === 'completed' && cost !== then.cost ? [`the cost of step '${stepId}' is not the recorded one`] : []),
  ];
}

function ranHere(stepId: string, newest: Newest) {
  const completed = recorded(newest, 'step.completed', stepId);
  return {
    input: recorded(newest, 'step.started', stepId)['input_hash'],
    output: completed['output_hash'],
    cost: completed['cost_units'],
  };
}

/** An adopted step costs nothing here; what it took and gave was recorded when it was adopted. */
function adopted(stepId: string, newest: Newest) {
  const hashes = asObject(asObject(recorded(newest, 'execution.forked', null)['hashes'])[stepId]);
  return { input: hashes['input_hash'], output: hashes['output_hash'], cost: 0 };
}

function recorded(newest: Newest, type: string, stepId: string | null): JsonObject {
  return asObject(newest.get(keyOf(type, stepId))?.data);
}

function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function difference(what: string, text: string | null, hashThen: JsonValue | undefined): string[] {
  const hashNow = text === null ? null : sha256Hex(text);
  return hashNow === (hashThen ?? null) ? [] : [`${what} is not the recorded one`];
}

function keyOf(type: string, stepId: string | null): string {
  return stepId === null ? type : `${type}/${stepId}`;
}
