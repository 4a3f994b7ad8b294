import { type FeatureDocument, operation, pageAnswer, schema } from '@aitbc/shared-core';
import { RECEIPT_KINDS, ReceiptListQuery } from './explorer.dto';

const { coins, flag, instant, nullable, object, oneOf, ref, sha256, text } = schema;

/** What `publicReceiptView` answers. */
const publicReceiptSchema = object(
  {
    id: text(),
    kind: oneOf(RECEIPT_KINDS),
    subject_id: text('Id of the job or of the execution.'),
    status: text('How it ended.'),
    verified: flag("Of a job: the miner's signature over the result held. Of an execution: all its checks did."),
    inputs_hash: sha256('Of the canonical JSON (RFC 8785) of what went in.'),
    result_hash: nullable(sha256('Of what came out; null when nothing did.')),
    steps_root: nullable(sha256("Root of the Merkle tree of an execution's steps; null for a job.")),
    cost: coins(),
    issued_at: instant(),
  },
  { description: 'What anybody may know of a receipt.' },
);

export const explorerDocument: FeatureDocument = {
  tag: { name: 'explorer', description: 'What was done on the platform, without whose it is.' },
  schemas: { PublicReceipt: publicReceiptSchema },
  operations: [
    operation({
      ...{ method: 'get', path: '/explorer/receipts', id: 'listReceipts', summary: 'Receipts, newest first' },
      description:
        'Of jobs and of executions. Job receipts alone are answered also when nobody can tell of executions.',
      query: ReceiptListQuery,
      responses: { 200: pageAnswer('Receipts of all owners.', ref('PublicReceipt')) },
      errors: ['dependency_unavailable'],
    }),
  ],
};
