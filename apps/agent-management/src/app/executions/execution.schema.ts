import { schema } from '@aitbc/shared-core';
import { EXECUTION_STATUSES, STEP_STATUSES, STEP_TYPES, VERIFICATION_LEVELS, WAIT_KINDS } from '@aitbc/shared-domain';

const { anyJson, anyObject, coins, flag, instant, integer, list, map, nullable, number, object, oneOf, propertiesOf } =
  schema;
const { ref, text } = schema;

const identity = {
  id: text('The same as `execution_id`.'),
  execution_id: text(),
  owner_id: text(),
  workflow_id: text(),
  workflow_version: integer('The version that it runs, whatever becomes of the workflow.'),
  created_at: instant(),
  updated_at: instant(),
};
const status = oneOf(EXECUTION_STATUSES, 'The last three are final.');

/** What `startedBody` answers. */
export const startedExecutionSchema = object(
  {
    ...identity,
    status,
    current_step: nullable(text('Id of the step that began last.')),
    total_steps: integer(),
    started_at: nullable(instant()),
    estimated_completion: nullable(instant('From the mean over past runs of the version; null when there are none.')),
    current_cost: coins(),
    estimated_total_cost: nullable(coins('Coins, the mean over past runs; null when there are none.')),
    retry_of: nullable(text('The execution whose completed steps it adopts.')),
  },
  { description: 'An execution that begins.' },
);

/** What `summaryBody` answers. */
export const executionSummarySchema = object(
  {
    ...identity,
    agent_id: nullable(text('The agent on whose behalf it runs.')),
    status,
    current_step: nullable(text('Id of the step that began last.')),
    total_steps: integer(),
    completed_steps: integer(),
    error_message: nullable(text()),
    error_code: nullable(text()),
    failed_step: nullable(text('Id of the step that failed it.')),
    started_at: nullable(instant()),
    paused_at: nullable(instant('Since when it is paused; null while it is not.')),
    completed_at: nullable(instant()),
    total_execution_time: nullable(number('Seconds, to the millisecond.')),
    total_cost: coins(),
    max_execution_time: integer('Seconds.'),
    max_cost_budget: coins('Coins; 0 is no limit.'),
    verification_level: oneOf(VERIFICATION_LEVELS),
    retry_of: nullable(text('The execution whose completed steps it adopted.')),
    event_seq: integer('Number of its newest event.'),
  },
  { description: 'An execution without what its steps hold.' },
);

/** The state of one step in `statusBody`. */
export const stepStateSchema = object(
  {
    name: text(),
    status: oneOf(STEP_STATUSES),
    attempt: integer('0: it has not begun.'),
    output: anyJson('What it gave.'),
    error_code: nullable(text()),
    error_message: nullable(text()),
    waits_for: nullable(oneOf(WAIT_KINDS)),
    waits_until: nullable(instant('When its timer ends, or its next attempt begins.')),
    signal: nullable(text('Name of the signal that it waits for.')),
    job_id: nullable(text('The coordinator job that it waits for.')),
    adopted_from: nullable(text('The execution that it was adopted from by a retry.')),
    cost: coins(),
    started_at: nullable(instant()),
    completed_at: nullable(instant()),
  },
  { description: 'How far a step is.' },
);

/** What `statusBody` answers. */
export const executionSchema = object(
  {
    ...propertiesOf(executionSummarySchema),
    step_states: map(ref('StepState'), 'By id of the step.'),
    inputs: anyObject(),
    final_result: anyJson('Null until it is completed.'),
    verification_proof: nullable(
      object({ receipt_id: text(), verified: flag('Whether every check of its level passed.') }),
    ),
  },
  { description: 'An execution, whole.' },
);

const stepLog = object({
  step_id: text(),
  name: text(),
  step_type: oneOf(STEP_TYPES),
  attempt: integer(),
  status: oneOf(STEP_STATUSES),
  started_at: nullable(instant()),
  completed_at: nullable(instant()),
  execution_time: nullable(number('Seconds.')),
  error_code: nullable(text()),
  error_message: nullable(text()),
  gpu_accelerated: nullable(flag('Null: nobody said.')),
  memory_usage: nullable(number('Bytes; null: nobody measured.')),
  cost: coins(),
  retry_count: integer(),
});

/** What `logsBody` answers. */
export const executionLogsSchema = object(
  {
    ...propertiesOf(executionSummarySchema),
    step_logs: list(stepLog, 'The steps that have begun, in that order.'),
  },
  { description: 'An execution with what happened in its steps.' },
);
