import { answer, type FeatureDocument, operation, schema } from '@aitbc/shared-core';
import { VerifyReceiptDto } from './receipt.dto';
import {
  executionReceiptSchema,
  inclusionProofSchema,
  receiptCheckSchema,
  receiptPayloadSchema,
  receiptStepSchema,
  stepReceiptSchema,
} from './receipt.schema';

const { flag, list, object, ref } = schema;

export const receiptDocument: FeatureDocument = {
  tag: { name: 'receipts', description: 'Signed statements of what an execution did, and their verification.' },
  schemas: {
    ExecutionReceipt: executionReceiptSchema,
    ExecutionReceiptPayload: receiptPayloadSchema,
    InclusionProof: inclusionProofSchema,
    ReceiptCheck: receiptCheckSchema,
    ReceiptStep: receiptStepSchema,
    StepReceipt: stepReceiptSchema,
    ReceiptVerification: object({
      valid: flag('Whether every check passed.'),
      checks: list(ref('ReceiptCheck'), 'What was not shown is not checked, and has no entry.'),
    }),
  },
  operations: [
    operation({
      ...{ method: 'get', path: '/executions/:execution_id/receipt', id: 'getExecutionReceipt' },
      summary: 'Receipt of an execution',
      parameters: { execution_id: 'Id of an execution.' },
      responses: { 200: answer('The same one, whenever it is asked for.', ref('ExecutionReceipt')) },
      errors: ['not_found', 'not_ready', 'prover_unavailable'],
    }),
    operation({
      ...{ method: 'get', path: '/executions/:execution_id/receipt/steps/:step_id', id: 'getStepReceipt' },
      summary: 'One step of a receipt, with its proof',
      description:
        'Proves the step to somebody who shall learn nothing of the others. A step that never began has none.',
      parameters: { execution_id: 'Id of an execution.', step_id: 'Id of a step of its workflow.' },
      responses: { 200: answer('The entry and its inclusion proof.', ref('StepReceipt')) },
      errors: ['not_found', 'not_ready', 'prover_unavailable'],
    }),
    operation({
      ...{ method: 'post', path: '/receipts/verify', id: 'verifyReceipt', summary: 'Verifies a receipt' },
      body: VerifyReceiptDto,
      responses: { 200: answer('What was checked, and how it came out.', ref('ReceiptVerification')) },
    }),
  ],
};
