import { JOB_STATES } from '@aitbc/coordinator-domain';
import { schema } from '@aitbc/shared-core';

const { anyJson, anyObject, coins, instant, integer, nullable, number, object, oneOf, propertiesOf, ref, text } =
  schema;

/** What `jobSummary` answers. */
export const jobSummarySchema = object(
  {
    id: text('The same as `job_id`.'),
    job_id: text(),
    owner_id: text('The same as `client_id`.'),
    client_id: text('Subject for whom the job is done.'),
    service_type: text('A kind of `GET /services`.'),
    state: oneOf(JOB_STATES, 'The last four are final.'),
    error: nullable(text('Why it failed.')),
    attempts: integer('How often it was handed to a miner.'),
    assigned_miner_id: nullable(text('The miner that has it, or had it last.')),
    constraints: anyObject('What a miner must have, as it was asked for.'),
    ttl_seconds: integer('Seconds that it may stay in the queue.'),
    cost: nullable(coins('Coins; null unless it is completed.')),
    payment_id: nullable(text('Null: payments are not made here.')),
    payment_status: nullable(text('Null: payments are not made here.')),
    payment_amount: nullable(coins('Coins that the client offered.')),
    payment_currency: nullable(text()),
    requested_at: instant(),
    expires_at: instant('When it expires if it is still in the queue.'),
    started_at: nullable(instant('When its last attempt began.')),
    completed_at: nullable(instant('When it became final.')),
    created_at: instant('The same as `requested_at`.'),
    updated_at: instant(),
  },
  { description: 'A job without its request.' },
);

/** What `jobView` answers. */
export const jobSchema = object(
  {
    ...propertiesOf(jobSummarySchema),
    payload: object({
      service_type: text(),
      service_request: anyObject('What the kind describes.'),
      agent_id: nullable(text()),
      execution_id: nullable(text()),
      step_id: nullable(text()),
    }),
  },
  { description: 'A job with its request.' },
);

const metrics = object(
  {
    duration_ms: number('Milliseconds.'),
    peak_memory_mb: number('MiB.'),
    prompt_tokens: integer(),
    completion_tokens: integer(),
  },
  {
    optional: ['duration_ms', 'peak_memory_mb', 'prompt_tokens', 'completion_tokens'],
    description: 'What the job used, as its miner says.',
  },
);

/** What `jobEndView` answers. */
export const jobEndSchema = object(
  {
    job_id: text(),
    state: oneOf(JOB_STATES),
    error: nullable(text()),
    result: anyJson('What the miner gave; null unless it is completed.'),
    metrics: nullable(metrics),
    cost: nullable(coins('Coins; null unless it is completed.')),
    receipt: nullable(ref('JobReceipt')),
  },
  { description: 'What came of a job.' },
);
