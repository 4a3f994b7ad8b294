import type { ReceiptStep } from '@aitbc/receipts';
import { fromUnits, readFlag, sha256Hex } from '@aitbc/shared-core';
import type { StoredDatabase } from '../backup/stored-database';

const RECEIPTS_AT_ONCE = 50;
/** Each may have an input and an output of some hundred kilobytes. */
const STEPS_AT_ONCE = 20;

/** A stored receipt beside what it is of. The columns from `workflow_id` on are null when the execution is not there. */
export interface ReceiptRow {
  readonly id: string;
  readonly execution_id: string;
  readonly verified: unknown;
  readonly jws: string;
  /** JSON. */
  readonly steps: string;
  readonly issued_at: number;
  readonly workflow_id: string | null;
  readonly workflow_version: number;
  readonly workflow_hash: string;
  readonly owner_id: string;
  readonly agent_id: string | null;
  readonly retry_of: string | null;
  readonly status: string;
  readonly inputs: string;
  readonly final_result: string | null;
  readonly verification_level: string;
  readonly total_cost: number;
  readonly started_at: number | null;
  readonly completed_at: number | null;
}

/** Of the receipts after the id `$1`. */
export const RECEIPTS = `
  SELECT r.id, r.execution_id, r.verified, r.jws, r.steps, r.issued_at, x.workflow_id, x.workflow_version,
    v.workflow_hash, x.owner_id, x.agent_id, x.retry_of, x.status, x.inputs, x.final_result, x.verification_level,
    x.total_cost, x.started_at, x.completed_at
  FROM execution_receipts r
  LEFT JOIN agent_executions x ON x.id = r.execution_id
  LEFT JOIN ai_agent_workflow_versions v ON v.workflow_id = x.workflow_id AND v.version = x.workflow_version
  WHERE r.id > $1 ORDER BY r.id LIMIT ${RECEIPTS_AT_ONCE}`;

interface StepRow {
  readonly step_id: string;
  readonly attempt: number;
  readonly status: string;
  readonly input: string | null;
  readonly output: string | null;
  readonly started_at: number | null;
  readonly completed_at: number | null;
  readonly cost: number;
  readonly job_receipt_id: string | null;
  /** JSON. */
  readonly metrics: string | null;
}

const STEPS = `
  SELECT step_id, attempt, status, input, output, started_at, completed_at, cost, job_receipt_id, metrics
  FROM agent_step_executions WHERE execution_id = $1 AND step_id > $2 ORDER BY step_id LIMIT ${STEPS_AT_ONCE}`;

/** The steps of an execution as they are stored: what a receipt states of them, and the job receipts they rest on. */
export interface StoredSteps {
  readonly entries: readonly ReceiptStep[];
  /** Compact JWS. */
  readonly jobReceipts: readonly string[];
}

/** Hashes the steps' values as they come, so that a few of them are in memory at a time. */
export async function storedSteps(database: StoredDatabase, executionId: string): Promise<StoredSteps> {
  const entries: ReceiptStep[] = [];
  const jobReceipts: string[] = [];
  for (let after = ''; ;) {
    const rows = await database.query<StepRow>(STEPS, [executionId, after]);
    const last = rows.at(-1);
    if (!last) return { entries, jobReceipts };
    entries.push(...rows.map(entryOf));
    jobReceipts.push(...rows.flatMap(jobReceiptOf));
    after = last.step_id;
  }
}

/** What the payload of a receipt must say, by the rows that it is of. */
export function statedFacts(row: ReceiptRow): Record<string, unknown> {
  return {
    receipt_id: row.id,
    execution_id: row.execution_id,
    retry_of: row.retry_of ?? undefined,
    workflow_id: row.workflow_id,
    workflow_version: row.workflow_version,
    workflow_hash: row.workflow_hash,
    owner_id: row.owner_id,
    agent_id: row.agent_id ?? undefined,
    status: row.status,
    inputs_hash: sha256Hex(row.inputs),
    result_hash: hashOf(row.final_result),
    total_cost: fromUnits(row.total_cost),
    verification_level: row.verification_level,
    verified: readFlag(row.verified),
    started_at: timeOf(row.started_at),
    completed_at: timeOf(row.completed_at),
    issued_at: timeOf(row.issued_at),
  };
}

function entryOf(row: StepRow): ReceiptStep {
  return {
    step_id: row.step_id,
    attempt: row.attempt,
    status: row.status,
    input_hash: hashOf(row.input),
    output_hash: hashOf(row.output),
    started_at: timeOf(row.started_at),
    completed_at: timeOf(row.completed_at),
    cost: fromUnits(row.cost),
    ...(row.job_receipt_id === null ? {} : { job_receipt_id: row.job_receipt_id }),
  };
}

function jobReceiptOf({ job_receipt_id: id, metrics }: StepRow): string[] {
  if (id === null || metrics === null) return [];
  const { job_receipt: jws } = JSON.parse(metrics) as { job_receipt?: unknown };
  return typeof jws === 'string' ? [jws] : [];
}

function hashOf(text: string | null): string | null {
  return text === null ? null : sha256Hex(text);
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
