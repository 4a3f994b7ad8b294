import { answer, type FeatureDocument, operation, pageAnswer, schema } from '@aitbc/shared-core';
import { bulkCancelSchema, bulkRetrySchema, controlOperations, signalSchema } from './control/control.openapi';
import { costBasisSchema, executionCostSchema } from './cost/cost.schema';
import { cloudEventSchema, eventOperations } from './events/event.openapi';
import { ExecuteDto, ExecutionListQuery, ExecutionWaitQuery } from './execution.dto';
import {
  executionLogsSchema,
  executionSchema,
  executionSummarySchema,
  startedExecutionSchema,
  stepStateSchema,
} from './execution.schema';

const { ref } = schema;

/** A read that may wait. */
const waiting = {
  query: ExecutionWaitQuery,
  description:
    'With `wait` a long poll: answers as soon as there is an event after `since`, at once if there is one already or ' +
    'the execution has ended, and as it is when the time is over or the process drains. Call it again with `since` = ' +
    '`event_seq`; nothing is lost in between. `until=final` waits for the end alone. Too many waiting requests are refused with 503.',
};

const parameters = { execution_id: 'Id of an execution.', workflow_id: 'Id of a workflow.' };

export const executionDocument: FeatureDocument = {
  tag: {
    name: 'executions',
    description: 'Durable runs of workflows: what has begun goes on, whatever happens to a process.',
  },
  schemas: {
    Execution: executionSchema,
    ExecutionSummary: executionSummarySchema,
    ExecutionLogs: executionLogsSchema,
    StartedExecution: startedExecutionSchema,
    ExecutionCost: executionCostSchema,
    CostBasis: costBasisSchema,
    StepState: stepStateSchema,
    ExecutionSignal: signalSchema,
    BulkCancellation: bulkCancelSchema,
    BulkRetry: bulkRetrySchema,
    CloudEvent: cloudEventSchema,
  },
  operations: [
    operation({
      ...{
        method: 'post',
        path: '/workflows/:workflow_id/execute',
        id: 'executeWorkflow',
        summary: 'Starts an execution',
      },
      description: 'When this answers, the execution is stored and will be run.',
      parameters,
      idempotent: true,
      body: ExecuteDto,
      responses: { 202: answer('The execution that begins.', ref('StartedExecution'), 'Location') },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'get', path: '/executions', id: 'listExecutions', summary: "The caller's executions" },
      description: 'Admins see all.',
      query: ExecutionListQuery,
      responses: { 200: pageAnswer('By id.', ref('ExecutionSummary')) },
    }),
    read('', 'getExecution', 'One execution', 'Execution', waiting),
    read('/status', 'getExecutionStatus', 'The same as without `/status`', 'Execution', waiting),
    read('/logs', 'getExecutionLogs', 'What happened in its steps', 'ExecutionLogs'),
    read('/cost', 'getExecutionCost', 'What each attempt of its steps has cost, and why', 'ExecutionCost'),
    ...eventOperations,
    ...controlOperations,
  ],
};

function read(part: string, id: string, summary: string, answered: string, more: object = {}) {
  return operation({
    ...{ method: 'get', path: `/executions/:execution_id${part}`, id, summary, ...more },
    parameters,
    responses: { 200: answer(summary, ref(answered)) },
    errors: ['not_found'],
  });
}
