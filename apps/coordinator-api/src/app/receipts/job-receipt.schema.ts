import { schema } from '@aitbc/shared-core';

const { anyObject, coins, instant, integer, object, ref, sha256, text } = schema;

const signed = object(
  {
    version: integer('Of this shape.'),
    receipt_id: text(),
    job_id: text(),
    miner_id: text(),
    client_id: text(),
    service_type: text(),
    attempt: integer('Which attempt gave the result, from 1.'),
    request_hash: sha256('Of the canonical JSON (RFC 8785) of the service request.'),
    result_hash: sha256('Of the canonical JSON of the result.'),
    cost: coins(),
    miner_jws: text("The miner's own signature over job, attempt and result hash (compact JWS)."),
    completed_at: instant(),
    issued_at: instant(),
    issuer: text('URL of the platform that signed it.'),
  },
  { description: 'What the receipt of a job says.' },
);

const shown = object(
  {
    id: text('The same as `receipt_id`.'),
    receipt_id: text(),
    job_id: text(),
    client_id: text(),
    miner_id: text(),
    cost: coins(),
    issued_at: instant(),
    jws: text('Compact JWS (EdDSA; its key is in `/.well-known/jwks.json`): the only part that proves anything.'),
    payload: ref('JobReceiptPayload'),
    miner_key: anyObject('Ed25519 public key of the miner, as a JWK.'),
  },
  { description: 'The signed receipt of a completed job.' },
);

/** Schemas of job receipts, for the features that answer them. */
export const jobReceiptSchemas = { JobReceipt: shown, JobReceiptPayload: signed };
