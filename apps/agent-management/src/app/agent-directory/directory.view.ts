import type { AgentSummary, ExecutionReceiptSummary, ReceiptPage } from '@aitbc/contracts';
import { timeText } from '@aitbc/shared-core';

export function agentSummaryView({ agentId, ownerId, name, lifecycle, capabilities }: AgentSummary) {
  return { agent_id: agentId, owner_id: ownerId, name: name ?? null, lifecycle, capabilities };
}

export function receiptPageView({ items, total }: ReceiptPage) {
  return { items: items.map(receiptView), total: total ?? null };
}

function receiptView(receipt: ExecutionReceiptSummary) {
  return {
    id: receipt.id,
    execution_id: receipt.executionId,
    status: receipt.status,
    verified: receipt.verified,
    inputs_hash: receipt.inputsHash,
    result_hash: receipt.resultHash ?? null,
    steps_root: receipt.stepsRoot,
    total_cost: receipt.totalCost,
    issued_at: timeText(receipt.issuedAt),
  };
}
