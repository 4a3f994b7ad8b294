import { canonicalJson, generateSigningKey, sha256Hex, signJws } from '@aitbc/shared-core';
import { ExecutionFacts, issueExecutionReceipt, issueJobReceipt, JobFacts, StepFacts } from '../issue-receipt';

export const platform = generateSigningKey();
export const miner = generateSigningKey();
export const signer = { sign: (payload: string, typ: string) => signJws(payload, platform, typ) };
export const jwks = { keys: [{ ...platform.jwk, kid: platform.kid, use: 'sig', alg: 'EdDSA' }] };

const at = '2026-01-31T09:15:00.000Z';
export const issue = { receiptId: 'rcpt_1', issuedAt: Date.parse(at) };

export function step(id: string, costUnits: number, more: Partial<StepFacts> = {}): StepFacts {
  return {
    step_id: id,
    attempt: 1,
    status: 'completed',
    input_hash: sha256Hex(`in ${id}`),
    output_hash: sha256Hex(`out ${id}`),
    started_at: at,
    completed_at: at,
    costUnits,
    ...more,
  };
}

export const facts: ExecutionFacts = {
  execution_id: 'exec_1',
  workflow_id: 'wf_1',
  workflow_version: 2,
  workflow_hash: sha256Hex('workflow'),
  owner_id: 'alice',
  status: 'completed',
  inputs_hash: sha256Hex('inputs'),
  result_hash: sha256Hex('result'),
  verification_level: 'basic',
  verified: true,
  checks: [{ name: 'completed', ok: true, detail: 'all steps completed' }],
  started_at: at,
  completed_at: at,
  issuer: 'http://127.0.0.1:8011',
  // 0.1 + 0.2 coins: a sum that floating point does not get right.
  steps: [step('load', 10_000_000), step('ask', 20_000_000, { job_receipt_id: 'rcpt_job' }), step('end', 0)],
};

const claim = { job_id: 'job_1', attempt: 1, miner_id: 'miner_1', result_hash: sha256Hex('job result') };

export const job: JobFacts = {
  ...claim,
  client_id: 'alice',
  service_type: 'text_analysis',
  request_hash: sha256Hex('request'),
  costUnits: 15_000_000,
  miner_jws: signJws(canonicalJson(claim), miner, 'aitbc-miner-result+jws'),
  completed_at: at,
  issuer: 'http://127.0.0.1:8011',
};

/** The receipt of the job on which the step `ask` rests. */
export function jobReceipt(changes: Partial<JobFacts> = {}) {
  return issueJobReceipt({ ...job, ...changes }, signer, { ...issue, receiptId: 'rcpt_job' });
}

export const receipt = issueExecutionReceipt(facts, signer, issue);
