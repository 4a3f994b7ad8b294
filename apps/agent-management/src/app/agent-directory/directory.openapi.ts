import { answer, type FeatureDocument, operation, schema } from '@aitbc/shared-core';
import { DirectoryReceiptsQuery } from './directory.dto';

const { coins, flag, instant, integer, list, nullable, object, ref, sha256, text } = schema;

const access = ['service'] as const;

export const directoryDocument: FeatureDocument = {
  tag: {
    name: 'directory',
    description: "What the platform's other services may know of agents and receipts of all owners.",
  },
  schemas: {
    AgentSummary: object({
      agent_id: text(),
      owner_id: text(),
      name: nullable(text()),
      lifecycle: text('`registered`, `active`, `suspended` or `retired`.'),
      capabilities: list(text()),
    }),
    ExecutionReceiptSummary: object({
      id: text(),
      execution_id: text(),
      status: text('How the execution ended.'),
      verified: flag(),
      inputs_hash: sha256(),
      result_hash: nullable(sha256()),
      steps_root: sha256(),
      total_cost: coins(),
      issued_at: instant(),
    }),
  },
  operations: [
    operation({
      ...{ method: 'get', path: '/directory/agents/:agent_id', id: 'findAgent', summary: 'An agent of any owner' },
      access,
      parameters: { agent_id: 'Id of an agent.' },
      responses: { 200: answer('Retired ones too.', ref('AgentSummary')) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'get', path: '/directory/counts', id: 'countAgents', summary: 'How many agents there are' },
      access,
      responses: {
        200: answer('Of all owners.', object({ registered: integer(), active: integer(), online: integer() })),
      },
    }),
    operation({
      ...{ method: 'get', path: '/directory/receipts', id: 'listPublicReceipts', summary: 'Receipts of executions' },
      access,
      query: DirectoryReceiptsQuery,
      responses: {
        200: answer(
          'Newest first.',
          object({
            items: list(ref('ExecutionReceiptSummary')),
            total: nullable(integer('All of them, if it was asked for.')),
          }),
        ),
      },
    }),
  ],
};
