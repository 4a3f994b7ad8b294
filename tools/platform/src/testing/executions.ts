import { type ShownReceipt, verifyReceipt } from '@aitbc/receipts';
import { waitFor } from '@aitbc/shared-core/testing';
import { AGENT_API, type Api } from '../api';

export interface StepState {
  readonly status: string;
  readonly attempt: number;
  readonly output: unknown;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly waits_for: string | null;
  readonly job_id: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

export interface ExecutionState {
  readonly execution_id: string;
  readonly status: string;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly final_result: unknown;
  readonly started_at: string | null;
  readonly step_states: Readonly<Record<string, StepState>>;
}

const FINAL = ['completed', 'failed', 'cancelled'];

export async function createWorkflow(api: Api, workflow: object): Promise<string> {
  const { id } = await api.post<{ id: string }>(`${AGENT_API}/workflows`, workflow);
  return id;
}

/** The id of the execution that the coordinator has taken on. */
export async function execute(api: Api, workflowId: string, inputs: object = {}): Promise<string> {
  const path = `${AGENT_API}/workflows/${workflowId}/execute`;
  const { execution_id: id } = await api.post<{ execution_id: string }>(path, { inputs });
  return id;
}

export function executionState(api: Api, id: string): Promise<ExecutionState> {
  return api.get<ExecutionState>(`${AGENT_API}/executions/${id}/status`);
}

/** The execution once it is completed, failed or cancelled. @throws Error that tells how it stood when the time was up */
export async function finalState(api: Api, id: string, timeoutMs = 30_000): Promise<ExecutionState> {
  let last: ExecutionState | undefined;
  const look = async () => {
    last = await executionState(api, id);
    return FINAL.includes(last.status) ? last : undefined;
  };
  return waitFor(look, { timeoutMs, everyMs: 50 }).catch((cause: unknown) => {
    throw new Error(`${id} has not ended: ${JSON.stringify(last)}`, { cause });
  });
}

interface ReceiptParts {
  readonly payload: { readonly total_cost: number; readonly verified: boolean; readonly status: string };
  readonly job_receipts: readonly string[];
}

/** The execution's receipt, after it was verified offline with the published keys. */
export async function verifiedReceipt(api: Api, id: string) {
  const receipt = await api.get<ShownReceipt & ReceiptParts>(`${AGENT_API}/executions/${id}/receipt`);
  const { valid, checks } = verifyReceipt(receipt, await api.get('/.well-known/jwks.json'));
  if (!valid) throw new Error(`the receipt of ${id} is not valid: ${JSON.stringify(checks.filter(({ ok }) => !ok))}`);
  return receipt;
}

/** Runs `work` for each item, `width` at once, and gives the results in order. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
