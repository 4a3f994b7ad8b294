import { schema } from '@aitbc/shared-core';
import { EXECUTION_STATUSES, STEP_TYPES } from '@aitbc/shared-domain';

const { coins, integer, list, nullable, object, oneOf, ref, text } = schema;

/** Tells the members of the union apart. */
const kind = (name: string, description: string) => ({ kind: { type: 'string', const: name, description } });

/** Out of what the cost of an attempt was computed. */
export const costBasisSchema = {
  description: 'Out of what a cost was computed; prices are those of when the attempt ended.',
  oneOf: [
    object({ ...kind('job', "A miner's job, at the price of its receipt."), job_id: text() }),
    object({
      ...kind('tokens', 'Tokens, as the endpoint has counted them, those of tries that came to nothing too.'),
      model: text('The model that was asked for.'),
      prompt_tokens: nullable(integer('What it read; null: the endpoint did not tell.')),
      completion_tokens: nullable(integer('What it wrote; null: the endpoint did not tell.')),
      input_price: nullable(coins('Coins for a million tokens that it reads; null: the model has no price.')),
      output_price: nullable(coins('Coins for a million tokens that it writes; null: the model has no price.')),
    }),
    object({
      ...kind('cpu', 'CPU time of the thread that ran the code.'),
      cpu_microseconds: nullable(integer('Null: nobody could measure it.')),
      price_per_second: coins('Coins for a second.'),
    }),
    object(kind('none', 'Nothing that has a price.')),
  ],
};

const attempt = object(
  {
    step_id: text(),
    step_type: oneOf(STEP_TYPES),
    attempt: integer('From 1.'),
    cost: coins('Coins that it has cost, also when it failed.'),
    basis: ref('CostBasis'),
    job_receipt_id: text('The receipt of the job that was paid; a job is paid once, however many attempts rest on it.'),
    adopted_from: text('The execution in which the step has had its attempts, and has been paid.'),
  },
  { optional: ['job_receipt_id', 'adopted_from'] },
);

/** What `costBody` answers. */
export const executionCostSchema = object(
  {
    execution_id: text(),
    status: oneOf(EXECUTION_STATUSES),
    total_cost: coins('Coins: the sum over the attempts.'),
    reserved_cost: coins('Coins that are set aside for the attempts in flight.'),
    budget: coins('Coins: `max_cost_budget`; 0 is no limit.'),
    steps: list(attempt, 'Each attempt of the steps that have begun, in that order.'),
  },
  { description: 'What an execution has cost, attempt by attempt.' },
);
