/**
 * Why a step or an execution failed, in one table: `error_code` of both, and `code` of the events `step.retrying`,
 * `step.failed` and `execution.failed`. Codes are stored and named in `non_retryable_errors`, so that none ever changes
 * its meaning. (What is answered over HTTP has a catalogue of its own.)
 */
export interface FailureDefinition {
  readonly concerns: 'step' | 'execution';
  readonly meaning: string;
  /** Whether the engine makes another attempt, as far as `max_retries` and the retry policy allow. */
  readonly retryable: boolean;
  /** What the author or the operator should do about it. */
  readonly remedy: string;
}

/** Another attempt may succeed. */
function passing(meaning: string, remedy: string): FailureDefinition {
  return { concerns: 'step', meaning, retryable: true, remedy };
}

/** Another attempt would fail like the first. */
function lasting(meaning: string, remedy: string): FailureDefinition {
  return { concerns: 'step', meaning, retryable: false, remedy };
}

/** The execution ends with it, whatever its steps do. */
function ending(meaning: string, remedy: string): FailureDefinition {
  return { concerns: 'execution', meaning, retryable: false, remedy };
}

const MEND_EXPRESSION = 'Mend the expression; the message says where.';
const MEND_CODE = 'Mend the code; the message says where.';
const MEND_SCHEMA = 'Mend `config.schema`.';
const DO_LESS = 'Do less in one step, or over less data.';

export const FAILURE_CATALOGUE = {
  bad_config: lasting('The configuration of the step lacks something', 'Mend `config` or `model_requirements`.'),
  bad_input: lasting('The mapped input is not what the step type asks for', 'Mend `input_mappings`.'),
  code_failed: lasting('The code threw, or awaits what never comes', MEND_CODE),
  code_invalid: lasting('The code is no module, or its result is no JSON', MEND_CODE),
  code_resource_limit: lasting('The code needed more memory or gave more than it may', DO_LESS),
  code_timeout: lasting('The code ran longer than it may', DO_LESS),
  condition_not_boolean: lasting('`when` gave neither true nor false', 'Make it a comparison.'),
  expression_failed: lasting('An expression failed', MEND_EXPRESSION),
  expression_resource_limit: lasting('An expression needed more memory or gave more than it may', DO_LESS),
  expression_timeout: lasting('An expression ran longer than it may', DO_LESS),
  handler_error: passing('The step failed for a reason that nobody foresaw', 'Report it; the log holds the cause.'),
  inference_failed: passing('The inference endpoint did not answer, or not well', 'Look at the endpoint.'),
  inference_refused: lasting('The inference endpoint refused the request', 'Mend the request; the message says why.'),
  job_cancelled: lasting('The job was cancelled by someone else', 'Retry the execution if it was a mistake.'),
  job_expired: passing('No miner took the job in time', 'Ask less of the miner, or see that one is online.'),
  job_failed: passing('The job failed with its miner', 'The message is what the miner says.'),
  job_lost: passing('The coordinator does not know the job any more', 'None; it is submitted again.'),
  job_refused: lasting('The coordinator refused the job', 'Mend the request; the message names the fields.'),
  model_not_allowed: lasting('The operator does not offer the model', 'Name another in `model_requirements.model`.'),
  no_output: lasting('The expression selects nothing', 'Give a default where a path may lead nowhere.'),
  provider_not_configured: lasting('This installation has no such provider', 'Ask the operator, or name another.'),
  sandbox_closed: passing('The process was stopping', 'None; another process goes on.'),
  sandbox_unavailable: passing('The sandbox could not be had', 'None; it is tried again.'),
  schema_invalid: lasting('The JSON Schema is not valid', MEND_SCHEMA),
  schema_resource_limit: lasting('Checking against the schema needed more memory than it may', MEND_SCHEMA),
  schema_timeout: lasting('Checking against the schema took longer than it may', MEND_SCHEMA),
  step_timeout: passing('The attempt took longer than `timeout_seconds`', 'Give it more time, or do less in it.'),
  step_type_unavailable: lasting('This release cannot run such steps', 'Use another step type.'),
  value_not_canonical: lasting('A value has no canonical JSON', 'Avoid lone surrogates and whole numbers above 2⁵³.'),
  value_too_large: lasting('An input, output or result is too large to keep', 'Map only what is needed.'),
  verification_failed: lasting('The subject does not pass the check', 'The message says where it fails.'),
  budget_exceeded: ending('The cost would be, or is, above `max_cost_budget`', 'Raise the budget, or ask for less.'),
  cancelled: ending('It was cancelled', 'None; `retry` goes on from what was completed.'),
  execution_timeout: ending('It ran longer than `max_execution_time`', 'Give it more time, or do less in it.'),
} as const satisfies Record<string, FailureDefinition>;

export type FailureCode = keyof typeof FAILURE_CATALOGUE;
