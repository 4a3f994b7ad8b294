import {
  ExecutionReceiptPayload,
  InclusionProof,
  JobReceiptPayload,
  RECEIPT_VERSION,
  ReceiptCheck,
  ReceiptStep,
} from './receipt.types';

type Rule = (value: unknown) => boolean;
/** A rule for every field, so that a new field of a type cannot be forgotten here. */
type Rules<T> = { readonly [K in keyof Required<T>]: Rule };

const text: Rule = (value) => typeof value === 'string' && value !== '';
const count: Rule = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const amount: Rule = (value) => typeof value === 'number' && value >= 0;
const flag: Rule = (value) => typeof value === 'boolean';
const hash: Rule = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const time: Rule = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value);
const version: Rule = (value) => value === RECEIPT_VERSION;
const listOf =
  (rule: Rule): Rule =>
  (value) =>
    Array.isArray(value) && value.every(rule);
const oneOf =
  (...values: readonly string[]): Rule =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const orNull =
  (rule: Rule): Rule =>
  (value) =>
    value === null || rule(value);
const orAbsent =
  (rule: Rule): Rule =>
  (value) =>
    value === undefined || rule(value);

const CHECK: Rules<ReceiptCheck> = { name: text, ok: flag, detail: (value) => typeof value === 'string' };

const EXECUTION: Rules<ExecutionReceiptPayload> = {
  version,
  receipt_id: text,
  execution_id: text,
  retry_of: orAbsent(text),
  workflow_id: text,
  workflow_version: count,
  workflow_hash: hash,
  owner_id: text,
  agent_id: orAbsent(text),
  status: oneOf('completed', 'failed', 'cancelled'),
  inputs_hash: hash,
  result_hash: orNull(hash),
  steps_root: hash,
  steps_count: count,
  total_cost: amount,
  verification_level: oneOf('basic', 'full', 'zero-knowledge'),
  verified: flag,
  checks: listOf((value) => follows(CHECK, value)),
  started_at: orNull(time),
  completed_at: orNull(time),
  issued_at: time,
  issuer: text,
};

const JOB: Rules<JobReceiptPayload> = {
  version,
  receipt_id: text,
  job_id: text,
  miner_id: text,
  client_id: text,
  service_type: text,
  attempt: count,
  request_hash: hash,
  result_hash: hash,
  cost: amount,
  miner_jws: text,
  completed_at: time,
  issued_at: time,
  issuer: text,
};

const STEP: Rules<ReceiptStep> = {
  step_id: text,
  attempt: count,
  status: oneOf('completed', 'failed', 'skipped', 'cancelled'),
  input_hash: orNull(hash),
  output_hash: orNull(hash),
  started_at: orNull(time),
  completed_at: orNull(time),
  cost: amount,
  job_receipt_id: orAbsent(text),
};

const PROOF: Rules<InclusionProof> = { leaf_index: count, tree_size: count, inclusion_path: listOf(hash) };

export function isExecutionPayload(value: unknown): value is ExecutionReceiptPayload {
  return follows(EXECUTION, value);
}

export function isJobPayload(value: unknown): value is JobReceiptPayload {
  return follows(JOB, value);
}

export function isReceiptStep(value: unknown): value is ReceiptStep {
  return follows(STEP, value);
}

export function isInclusionProof(value: unknown): value is InclusionProof {
  return follows(PROOF, value);
}

/** Fields that the rules do not know are refused too: a reader would take them for signed facts of this version. */
function follows(rules: Readonly<Record<string, Rule>>, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const known = Object.keys(value).every((name) => Object.hasOwn(rules, name));
  const entries = new Map<string, unknown>(Object.entries(value));
  return known && Object.entries(rules).every(([name, rule]) => rule(entries.get(name)));
}
