import { setTimeout as sleep } from 'node:timers/promises';
import { verifyReceipt } from '@aitbc/receipts';
import { generateSigningKey } from '@aitbc/shared-core';
import { AGENT_API, type Api } from './api';
import type { Platform } from './platform';
import type { Progress } from './progress';

interface Document {
  readonly name: string;
  readonly text: string;
  /** Body of `POST /workflows`. */
  readonly workflow: object;
}

interface ExecutionStatus {
  readonly status: string;
  readonly error_message: string | null;
  readonly final_result: unknown;
  readonly step_states: Readonly<
    Record<string, { readonly name: string; readonly status: string; readonly waits_for: string | null }>
  >;
}

interface Receipt {
  readonly jws: string;
  readonly payload: { readonly receipt_id: string; readonly total_cost: number; readonly verified: boolean };
  readonly steps: readonly unknown[];
  readonly job_receipts: readonly string[];
}

const LOOK_MS = 100;
const FINAL = ['completed', 'failed', 'cancelled'];

/** Registers an agent, runs the workflow over the document, and verifies the receipt offline; whether it is valid. */
export async function runDocument(platform: Platform, document: Document, progress: Progress): Promise<boolean> {
  const api = platform.client;
  const agentId = await registerAgent(api);
  progress.say(`Registered and activated agent ${agentId}.`);
  const workflow = await api.post<{ id: string; version: number }>(`${AGENT_API}/workflows`, document.workflow);
  progress.say(`Created workflow ${workflow.id}, version ${workflow.version}.`);
  const words = document.text.split(/\s+/).filter((word) => word !== '').length;
  const { execution_id: id } = await api.post<{ execution_id: string }>(
    `${AGENT_API}/workflows/${workflow.id}/execute`,
    {
      inputs: { name: document.name, text: document.text },
      agent_id: agentId,
    },
  );
  progress.say(`Running it over ${document.name} (${words} words) as ${id}:`);
  const status = await follow(api, id, progress);
  if (status.status !== 'completed') throw new Error(`the execution ${status.status}: ${status.error_message ?? ''}`);
  progress.say('The result:');
  progress.show(JSON.stringify(status.final_result, null, 2));
  return verify(platform, id, progress);
}

async function registerAgent(api: Api): Promise<string> {
  const { agent } = await api.post<{ agent: { agent_id: string } }>(`${AGENT_API}/agents/register`, {
    name: 'Document analyst',
    public_key: generateSigningKey().jwk,
    capabilities: ['text-analysis'],
  });
  await api.post(`${AGENT_API}/agents/${agent.agent_id}/activate`);
  return agent.agent_id;
}

/** Shows each change of each step until the execution has ended. */
async function follow(api: Api, id: string, progress: Progress): Promise<ExecutionStatus> {
  const shown = new Map<string, string>();
  for (;;) {
    const status = await api.get<ExecutionStatus>(`${AGENT_API}/executions/${id}/status`);
    for (const [stepId, step] of Object.entries(status.step_states)) {
      const state = step.waits_for ? `waiting for a ${step.waits_for}` : step.status;
      if (state === (shown.get(stepId) ?? 'pending')) continue;
      shown.set(stepId, state);
      progress.say(`  ${step.name.padEnd(34)} ${state}`);
    }
    if (FINAL.includes(status.status)) return status;
    await sleep(LOOK_MS);
  }
}

/** With nothing but the receipt and the published keys; the platform is not asked whether it is valid. */
async function verify(platform: Platform, id: string, progress: Progress): Promise<boolean> {
  const receipt = await platform.client.get<Receipt>(`${AGENT_API}/executions/${id}/receipt`);
  const jwks = await platform.client.get('/.well-known/jwks.json');
  const { valid, checks } = verifyReceipt(receipt, jwks);
  const { receipt_id: receiptId, total_cost: cost, verified } = receipt.payload;
  progress.say(
    `Receipt ${receiptId}: ${receipt.steps.length} steps, ${receipt.job_receipts.length} job receipt, cost ${cost} coins.`,
  );
  for (const check of checks)
    progress.say(`  ${check.ok ? 'ok    ' : 'FAILED'} ${check.name.padEnd(18)} ${check.detail}`);
  progress.say(valid && verified ? 'The receipt is valid.' : 'The receipt is NOT valid.');
  return valid && verified;
}
