import { answer, operation, schema } from '@aitbc/shared-core';
import { BulkCancelDto, BulkDto, ReasonDto, RetryDto, SignalDto } from './control.dto';

const { flag, instant, integer, object, ref, text } = schema;

const parameters = {
  execution_id: 'Id of an execution.',
  name: 'Name of a signal: a letter, then up to 63 of `A-Za-z0-9_.:-`.',
};

/** What `signalBody` answers. */
export const signalSchema = object(
  {
    id: text(),
    signal_id: text('The same as `id`.'),
    execution_id: text(),
    name: text(),
    sent_by: text(),
    sent_at: instant(),
  },
  { description: 'A signal that is kept until a step takes it.' },
);

const counts = {
  matched: integer('How many matched, up to `limit`.'),
  unchanged: integer('How many could not be changed: they ended meanwhile, say.'),
  more: flag('Whether more match than `limit`: ask again.'),
};

/** What `bulkCancelBody` answers. */
export const bulkCancelSchema = object(
  { ...counts, cancelled: integer() },
  { description: 'What became of the executions that were to be cancelled.' },
);

/** What `bulkRetryBody` answers. */
export const bulkRetrySchema = object(
  { ...counts, retried: integer() },
  { description: 'What became of the executions that were to be retried.' },
);

export const controlOperations = [
  operation({
    ...{ method: 'post', path: '/executions/cancel', id: 'cancelExecutions', summary: 'Cancels executions by filter' },
    body: BulkCancelDto,
    responses: { 200: answer('The counts.', ref('BulkCancellation')) },
  }),
  operation({
    ...{ method: 'post', path: '/executions/retry', id: 'retryExecutions', summary: 'Retries executions by filter' },
    description: 'Failed and cancelled ones that have no retry yet, so that a repeated request makes none twice.',
    body: BulkDto,
    responses: { 200: answer('The counts.', ref('BulkRetry')) },
  }),
  operation({
    ...{ method: 'post', path: '/executions/:execution_id/cancel', id: 'cancelExecution', summary: 'Cancels it' },
    description: 'Steps in flight are aborted.',
    parameters,
    body: ReasonDto,
    responses: { 200: answer('The execution, cancelled.', ref('Execution')) },
    errors: ['not_found', 'conflict'],
  }),
  operation({
    ...{ method: 'post', path: '/executions/:execution_id/pause', id: 'pauseExecution', summary: 'Pauses it' },
    description:
      'Steps in flight are aborted, and run again with the same attempt when it is resumed. Time limits stand still.',
    parameters,
    body: ReasonDto,
    responses: { 200: answer('The execution, paused.', ref('Execution')) },
    errors: ['not_found', 'conflict'],
  }),
  operation({
    ...{ method: 'post', path: '/executions/:execution_id/resume', id: 'resumeExecution', summary: 'Resumes it' },
    parameters,
    responses: { 200: answer('The execution, resumed.', ref('Execution')) },
    errors: ['not_found', 'conflict'],
  }),
  operation({
    ...{ method: 'post', path: '/executions/:execution_id/retry', id: 'retryExecution', summary: 'Runs it again' },
    description: 'A new execution adopts what a failed or cancelled one has completed, and goes on from there.',
    parameters,
    idempotent: true,
    body: RetryDto,
    responses: { 202: answer('The new execution.', ref('StartedExecution'), 'Location') },
    errors: ['not_found', 'conflict'],
  }),
  operation({
    ...{ method: 'post', path: '/executions/:execution_id/signals/:name', id: 'sendSignal', summary: 'Sends a signal' },
    description: 'Ends the wait of one step; kept when none waits for it yet.',
    parameters,
    idempotent: true,
    body: SignalDto,
    responses: { 202: answer('It is kept.', ref('ExecutionSignal')) },
    errors: ['not_found', 'conflict'],
  }),
];
