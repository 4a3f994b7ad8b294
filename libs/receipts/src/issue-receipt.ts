import { canonicalJson, fromUnits, TextSigner } from '@aitbc/shared-core';
import {
  EXECUTION_RECEIPT_TYP,
  ExecutionReceiptDocument,
  ExecutionReceiptPayload,
  JOB_RECEIPT_TYP,
  JobReceiptPayload,
  RECEIPT_VERSION,
  ReceiptStep,
} from './receipt.types';
import { orderSteps, stepsRoot } from './steps-tree';

/** A step with its cost in whole units, as the engine keeps it. */
export type StepFacts = Omit<ReceiptStep, 'cost'> & { readonly costUnits: number };

type Issued = 'version' | 'receipt_id' | 'issued_at';

/** What an execution receipt states; the rest of the payload is computed. */
export type ExecutionFacts = Omit<ExecutionReceiptPayload, Issued | 'steps_root' | 'steps_count' | 'total_cost'> & {
  readonly steps: readonly StepFacts[];
};

export type JobFacts = Omit<JobReceiptPayload, Issued | 'cost'> & { readonly costUnits: number };

/** A payload with its signature over the payload's canonical JSON. */
export interface IssuedReceipt<Payload> {
  readonly payload: Payload;
  readonly jws: string;
}

/** Under which id and when (milliseconds since 1970); the caller's, so that the same facts give the same receipt. */
export interface Issue {
  readonly receiptId: string;
  readonly issuedAt: number;
}

/** Builds and signs an execution receipt: root, count and total cost are computed from the steps. */
export function issueExecutionReceipt(
  facts: ExecutionFacts,
  signer: TextSigner,
  issue: Issue,
): IssuedReceipt<ExecutionReceiptPayload> & ExecutionReceiptDocument {
  const { steps: stepFacts, ...rest } = facts;
  const steps = orderSteps(stepFacts.map(({ costUnits, ...step }) => ({ ...step, cost: fromUnits(costUnits) })));
  const payload: ExecutionReceiptPayload = {
    ...rest,
    ...issued(issue),
    steps_root: stepsRoot(steps),
    steps_count: steps.length,
    total_cost: fromUnits(stepFacts.reduce((sum, { costUnits }) => sum + costUnits, 0)),
  };
  return { payload, steps, jws: signer.sign(canonicalJson(payload), EXECUTION_RECEIPT_TYP) };
}

/** Builds and signs a job receipt, which countersigns the miner's claim. */
export function issueJobReceipt(facts: JobFacts, signer: TextSigner, issue: Issue): IssuedReceipt<JobReceiptPayload> {
  const { costUnits, ...rest } = facts;
  const payload: JobReceiptPayload = { ...rest, ...issued(issue), cost: fromUnits(costUnits) };
  return { payload, jws: signer.sign(canonicalJson(payload), JOB_RECEIPT_TYP) };
}

function issued({ receiptId, issuedAt }: Issue): Pick<ExecutionReceiptPayload, Issued> {
  return { version: RECEIPT_VERSION, receipt_id: receiptId, issued_at: new Date(issuedAt).toISOString() };
}
