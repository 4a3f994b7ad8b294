import { answer, type FeatureDocument, operation, schema } from '@aitbc/shared-core';
import { VerifyReceiptDto } from './receipt.dto';
import { executionReceiptSchema, receiptCheckSchema, receiptPayloadSchema, receiptStepSchema } from './receipt.schema';

const { flag, list, object, ref } = schema;

export const receiptDocument: FeatureDocument = {
  tag: { name: 'receipts', description: 'Signed statements of what an execution did, and their verification.' },
  schemas: {
    ExecutionReceipt: executionReceiptSchema,
    ExecutionReceiptPayload: receiptPayloadSchema,
    ReceiptCheck: receiptCheckSchema,
    ReceiptStep: receiptStepSchema,
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
      errors: ['not_found', 'not_ready'],
    }),
    operation({
      ...{ method: 'post', path: '/receipts/verify', id: 'verifyReceipt', summary: 'Verifies a receipt' },
      body: VerifyReceiptDto,
      responses: { 200: answer('What was checked, and how it came out.', ref('ReceiptVerification')) },
    }),
  ],
};
