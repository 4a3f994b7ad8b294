import { schema } from '@aitbc/shared-core';
import { STEP_TYPES, VERIFICATION_LEVELS } from '@aitbc/shared-domain';

const { anyObject, coins, flag, instant, integer, list, map, nullable, number, object, oneOf, ref, sha256, text } =
  schema;

const retryPolicy = object({
  initial_interval_ms: integer('Milliseconds before the second attempt.'),
  backoff_coefficient: number('By how much each wait is longer than the one before.'),
  maximum_interval_ms: integer('Milliseconds that no wait exceeds.'),
  jitter: flag('Whether waits are spread at random.'),
  non_retryable_errors: list(text(), 'Error codes after which the step is not tried again.'),
});

/** A step as it is answered, with every default filled in. */
export const workflowStepSchema = object(
  {
    name: text(),
    step_type: oneOf(STEP_TYPES),
    config: nullable(anyObject('What the step type asks for.')),
    model_requirements: nullable(anyObject('For `inference` and `training`: provider, model, …')),
    input_mappings: nullable(anyObject('JSONata expressions, `{"literal": x}`, or JSON values.')),
    output_mappings: nullable(anyObject("As `input_mappings`, over the step's output.")),
    timeout_seconds: integer('Seconds that one attempt may take.'),
    max_retries: integer('Further attempts after a failed one.'),
    retry_policy: retryPolicy,
    when: nullable(text('JSONata; when it gives `false`, the step is skipped.')),
    requires_proof: flag(),
    verification_level: nullable(oneOf(VERIFICATION_LEVELS, 'Null: that of the execution.')),
  },
  { description: 'One step of a workflow.' },
);

const definition = {
  name: text(),
  description: nullable(text()),
  tags: list(text()),
  steps: map(ref('WorkflowStep'), 'By id, in the order of the author.'),
  dependencies: map(list(text()), 'For each step that has any: the steps that must end before it.'),
  outputs: nullable(anyObject('For each key of the result its JSONata expression.')),
  max_execution_time: integer('Seconds.'),
  max_cost_budget: coins('Coins; 0 is no limit.'),
  requires_verification: flag(),
  verification_level: oneOf(VERIFICATION_LEVELS),
};

const version = integer('Number of the version, from 1.');
const workflowHash = sha256('Of the canonical definition: equal definitions have equal hashes.');

/** What `workflowBody` answers. */
export const workflowSchema = object(
  {
    id: text(),
    owner_id: text(),
    ...definition,
    is_public: flag('Whether others may read and execute it.'),
    version,
    workflow_hash: workflowHash,
    created_at: instant(),
    updated_at: instant(),
  },
  { description: 'A workflow with its current version.' },
);

/** What `versionBody` answers. */
export const workflowVersionSchema = object(
  {
    ...{ workflow_id: text(), owner_id: text(), ...definition },
    ...{ version, workflow_hash: workflowHash, created_at: instant('When the version was made.') },
  },
  { description: 'One immutable version of a workflow.' },
);

/** What `versionSummaryBody` answers. */
export const versionSummarySchema = object(
  { workflow_id: text(), version, name: text(), workflow_hash: workflowHash, created_at: instant() },
  { description: 'An entry in the list of versions.' },
);

/** What `validationBody` answers. */
export const workflowValidationSchema = object(
  {
    valid: flag(),
    errors: list(ref('FieldError'), 'What creating it would refuse.'),
    warnings: list(
      ref('FieldError'),
      'What is allowed and most likely a mistake: an expression names a step that its step does not depend on.',
    ),
    execution_order: nullable(
      list(text(), 'Ids of the steps in an order that keeps the dependencies; null without a sound graph.'),
    ),
    critical_path: nullable(list(text(), 'The chain of steps with the greatest sum of `timeout_seconds`.')),
    critical_path_seconds: nullable(integer('That sum.')),
  },
  { description: 'What is wrong with a workflow.' },
);
