import { JOB_RECEIPT_TYP, type JobReceiptPayload, type ReceiptCheck } from '@aitbc/receipts';
import { sha256Hex, type SigningKeys } from '@aitbc/shared-core';
import type { AgentStepExecution } from '@aitbc/shared-domain';
import type { WorkflowVersion } from '../workflows';
import { check } from './execution-checks';

/** The compact JWS of the job receipt that a step's output rests on, if it rests on one. */
export function jobReceiptOf({ metrics, jobReceiptId }: AgentStepExecution): string | undefined {
  const jws = metrics?.['job_receipt'];
  return jobReceiptId !== null && typeof jws === 'string' ? jws : undefined;
}

/**
 * Checks the receipts of the jobs that the steps rest on: signed by the platform, the one that the step names, and
 * (where no output mapping came between) of the very result that is stored.
 */
export async function jobReceiptCheck(
  steps: readonly AgentStepExecution[],
  version: WorkflowVersion,
  keys: Pick<SigningKeys, 'verify'>,
): Promise<ReceiptCheck> {
  const linked = steps.filter(({ jobReceiptId }) => jobReceiptId !== null);
  for (const step of linked) {
    const problem = await receiptProblem(step, version, keys);
    if (problem !== undefined) return check('job_receipts', false, `step '${step.stepId}': ${problem}`);
  }
  return check('job_receipts', true, `${linked.length} job receipts are signed and match`);
}

async function receiptProblem(
  step: AgentStepExecution,
  version: WorkflowVersion,
  keys: Pick<SigningKeys, 'verify'>,
): Promise<string | undefined> {
  const jws = jobReceiptOf(step);
  if (jws === undefined) return 'its job receipt is missing';
  const receipt = await keys.verify(jws, JOB_RECEIPT_TYP).then(
    ({ payload }) => JSON.parse(payload) as JobReceiptPayload,
    () => undefined,
  );
  if (!receipt) return 'its job receipt is not signed by this platform';
  if (receipt.receipt_id !== step.jobReceiptId) return 'its job receipt is that of another job';
  const mapped = version.steps.find(({ id }) => id === step.stepId)?.outputMappings;
  const matches = mapped || (step.output !== null && sha256Hex(step.output) === receipt.result_hash);
  return matches ? undefined : 'its output is not the result that the job receipt states';
}
