import { schema } from '@aitbc/shared-core';
import { EXECUTION_STATUSES, STEP_STATUSES, VERIFICATION_LEVELS } from '@aitbc/shared-domain';

const { coins, flag, instant, integer, list, nullable, object, oneOf, ref, sha256, text } = schema;

export const receiptCheckSchema = object(
  { name: text(), ok: flag(), detail: text() },
  { description: 'One thing that verification looked at.' },
);

export const receiptStepSchema = object(
  {
    step_id: text(),
    attempt: integer(),
    status: oneOf(STEP_STATUSES),
    input_hash: nullable(sha256()),
    output_hash: nullable(sha256()),
    started_at: nullable(instant('Null: it never started.')),
    completed_at: nullable(instant()),
    cost: coins(),
    job_receipt_id: text('Receipt of the job on which the output rests.'),
  },
  { optional: ['job_receipt_id'], description: 'A leaf of the Merkle tree of a receipt.' },
);

export const receiptPayloadSchema = object(
  {
    version: integer('Of this shape.'),
    receipt_id: text(),
    execution_id: text(),
    retry_of: text('The execution whose completed steps this one adopted.'),
    workflow_id: text(),
    workflow_version: integer(),
    workflow_hash: sha256(),
    owner_id: text(),
    agent_id: text(),
    status: oneOf(EXECUTION_STATUSES, 'A final one.'),
    inputs_hash: sha256('Of the canonical JSON (RFC 8785) of the inputs.'),
    result_hash: nullable(sha256('Of the result; null when there is none.')),
    steps_root: sha256('Root of the Merkle tree (RFC 9162) over the steps, by `step_id`.'),
    steps_count: integer(),
    total_cost: coins("Coins, the sum of the steps' costs."),
    verification_level: oneOf(VERIFICATION_LEVELS),
    verified: flag('Whether every check passed.'),
    checks: list(ref('ReceiptCheck')),
    started_at: nullable(instant()),
    completed_at: nullable(instant()),
    issued_at: instant(),
    issuer: text('URL of the platform that signed it.'),
  },
  { optional: ['retry_of', 'agent_id'], description: 'What the receipt of an execution says.' },
);

export const inclusionProofSchema = object(
  {
    leaf_index: integer('Position of the entry among the steps by `step_id`, from 0.'),
    tree_size: integer('The `steps_count` of the receipt.'),
    inclusion_path: list(sha256(), 'Hashes beside the way to `steps_root`, from the leaf upwards.'),
  },
  { description: 'Proves that a receipt states an entry (RFC 9162, section 2.1.3).' },
);

const jws = text('Compact JWS (EdDSA; its key is in `/.well-known/jwks.json`): the only part that proves anything.');

/** What `stepReceiptBody` answers. */
export const stepReceiptSchema = object(
  {
    jws,
    payload: ref('ExecutionReceiptPayload'),
    entry: ref('ReceiptStep'),
    inclusion_proof: ref('InclusionProof'),
    job_receipts: list(text(), 'Compact JWS of the job receipt that the step names, if it names one.'),
  },
  { description: 'One step of a receipt, proved without the others; `POST /receipts/verify` takes it as it is.' },
);

/** What `receiptBody` answers. */
export const executionReceiptSchema = object(
  {
    jws,
    payload: ref('ExecutionReceiptPayload'),
    steps: list(ref('ReceiptStep')),
    job_receipts: list(text(), 'Compact JWS of the job receipts that the steps name.'),
  },
  { description: 'The signed receipt of an execution; `POST /receipts/verify` takes it as it is.' },
);
