import { fromUnits, toUnits } from '@aitbc/shared-core';
import type { ToldTokens } from './outside';

/** What the platform answers about one execution that has ended, as far as money is concerned. */
export interface Books {
  readonly status: StatusBody;
  readonly cost: CostBody;
  readonly receipt: ReceiptBody;
  /** `POST /receipts/verify` of the receipt. */
  readonly verdict: { readonly valid: boolean; readonly checks: readonly { ok: boolean; detail: string }[] };
}

interface StatusBody {
  readonly execution_id: string;
  readonly status: string;
  readonly error_code: string | null;
  readonly total_cost: number;
  readonly max_cost_budget: number;
  readonly step_states: Readonly<Record<string, { readonly cost: number; readonly adopted_from: string | null }>>;
}

interface CostBody {
  readonly total_cost: number;
  readonly reserved_cost: number;
  readonly budget: number;
  readonly steps: readonly Attempt[];
}

interface Attempt {
  readonly step_id: string;
  readonly attempt: number;
  readonly cost: number;
  readonly basis: Basis;
  readonly job_receipt_id?: string;
  readonly adopted_from?: string;
}

type Basis =
  | { readonly kind: 'none' }
  | { readonly kind: 'job'; readonly job_id: string }
  | { readonly kind: 'cpu'; readonly cpu_microseconds: number; readonly price_per_second: number }
  | {
      readonly kind: 'tokens';
      readonly prompt_tokens: number | null;
      readonly completion_tokens: number | null;
      readonly input_price: number | null;
      readonly output_price: number | null;
    };

interface ReceiptBody {
  readonly payload: {
    readonly total_cost: number;
    readonly checks: readonly { readonly ok: boolean; readonly detail: string }[];
  };
  readonly steps: readonly { readonly step_id: string; readonly cost: number; readonly job_receipt_id?: string }[];
}

/** A job receipt as the coordinator has it, by its id; `units` as its signed payload says. */
export type JobReceipts = ReadonlyMap<string, { readonly jobId: string; readonly units: number }>;

/** Everything that is wrong with the books of one execution; all amounts are compared as whole units. */
export function faultsOf(books: Books, jobReceipts: JobReceipts, told: ToldTokens): string[] {
  const { status, cost, receipt, verdict } = books;
  const { execution_id: id } = status;
  const total = toUnits(status.total_cost);
  const steps = Map.groupBy(cost.steps, (attempt) => attempt.step_id);
  const faults = [
    ...differ('the total of /cost', toUnits(cost.total_cost), total),
    ...differ('the sum of the attempts', sum(cost.steps), total),
    ...differ('the sum of the steps', sum(Object.values(status.step_states)), total),
    ...differ('the total of the receipt', toUnits(receipt.payload.total_cost), total),
    ...differ('the sum of the steps of the receipt', sum(receipt.steps), total),
    ...differ('what is reserved', toUnits(cost.reserved_cost), 0),
    ...receipt.steps.flatMap((step) => [
      ...differ(`the attempts of ${step.step_id}`, sum(steps.get(step.step_id) ?? []), toUnits(step.cost)),
      ...receiptFaults(step, steps.get(step.step_id) ?? []),
    ]),
    ...cost.steps.flatMap((attempt) => attemptFaults(id, attempt, jobReceipts, told)),
    ...verdict.checks.filter(({ ok }) => !ok).map(({ detail }) => detail),
    ...(status.status === 'completed' ? failedChecks(receipt) : []),
    ...budgetFaults(status, total),
  ];
  return faults.map((fault) => `${id} (${status.status}): ${fault}`);
}

function failedChecks({ payload: { checks } }: ReceiptBody): string[] {
  return checks.filter(({ ok }) => !ok).map(({ detail }) => `not verified: ${detail}`);
}

/** The step names the receipt that its attempts have paid, and no other. */
function receiptFaults({ step_id, job_receipt_id: named }: ReceiptBody['steps'][number], attempts: readonly Attempt[]) {
  const paid = attempts.flatMap(({ job_receipt_id: receiptId }) => receiptId ?? []);
  return paid.length <= 1 && paid[0] === named ? [] : [`${step_id} names ${named}, and has paid ${paid.join()}`];
}

function attemptFaults(id: string, attempt: Attempt, jobReceipts: JobReceipts, told: ToldTokens): string[] {
  const { step_id, attempt: number, basis, job_receipt_id: receiptId } = attempt;
  const name = `attempt ${number} of ${step_id} by ${basis.kind}`;
  const faults = differ(name, toUnits(attempt.cost), costAgain(attempt, jobReceipts));
  if (basis.kind === 'job') {
    // Only a job that was completed costs anything, and it has a receipt.
    const receipt = receiptId === undefined ? undefined : jobReceipts.get(receiptId);
    if (receiptId !== undefined && receipt?.jobId !== basis.job_id)
      faults.push(`${name}: the receipt is of another job`);
  }
  if (basis.kind === 'tokens') {
    const { prompt, completion } = told.get(`${id}:${step_id}:${number}`) ?? { prompt: 0, completion: 0 };
    faults.push(...differ(`${name}: tokens read`, basis.prompt_tokens ?? 0, prompt));
    faults.push(...differ(`${name}: tokens written`, basis.completion_tokens ?? 0, completion));
  }
  return faults;
}

/** Computed anew from the figures that are shown, by other means than the platform's. */
function costAgain({ basis, job_receipt_id: receiptId }: Attempt, jobReceipts: JobReceipts): number {
  switch (basis.kind) {
    case 'none':
      return 0;
    case 'job':
      return receiptId === undefined ? 0 : (jobReceipts.get(receiptId)?.units ?? NaN);
    case 'cpu':
      return millionths(BigInt(basis.cpu_microseconds) * BigInt(toUnits(basis.price_per_second)));
    case 'tokens':
      return millionths(
        BigInt(basis.prompt_tokens ?? 0) * BigInt(toUnits(basis.input_price ?? 0)) +
          BigInt(basis.completion_tokens ?? 0) * BigInt(toUnits(basis.output_price ?? 0)),
      );
  }
}

/** To the nearest whole, halves up, by its decimal digits. */
function millionths(exact: bigint): number {
  const digits = String(exact).padStart(7, '0');
  return Number(digits.slice(0, -6) || '0') + (Number(digits.at(-6)) >= 5 ? 1 : 0);
}

/** More than the budget was spent only where that has ended the execution. */
function budgetFaults({ max_cost_budget: budget, error_code, status }: StatusBody, total: number): string[] {
  const isOver = budget > 0 && total > toUnits(budget);
  const isAllowed = status === 'failed' && error_code === 'budget_exceeded';
  return isOver && !isAllowed ? [`${fromUnits(total)} of ${budget} were spent, and it ended by ${error_code}`] : [];
}

function sum(parts: readonly { readonly cost: number }[]): number {
  return parts.reduce((units, { cost }) => units + toUnits(cost), 0);
}

function differ(what: string, found: number, expected: number): string[] {
  return found === expected ? [] : [`${what}: ${found} units, not ${expected}`];
}
