import type {
  AgentCounts,
  AgentDirectory,
  AgentSummary,
  ExecutionReceiptSummary,
  ReceiptPage,
  ReceiptPageRequest,
} from '@aitbc/contracts';
import { dataOf, foundIn } from '@aitbc/shared-core';
import type { AgentApi, Schemas } from './agent-api';
import { SERVICE } from './service';

/** What the agent context tells of agents and receipts, over HTTP. */
export class HttpAgentDirectory implements AgentDirectory {
  constructor(private readonly api: AgentApi) {}

  async find(agentId: string): Promise<AgentSummary | undefined> {
    const params = { path: { agent_id: agentId } };
    const found = foundIn(SERVICE, await this.api.quick.GET('/api/v1/agent/directory/agents/{agent_id}', { params }));
    return found && summaryOf(found);
  }

  async counts(): Promise<AgentCounts> {
    return dataOf(SERVICE, await this.api.quick.GET('/api/v1/agent/directory/counts'));
  }

  async receipts({ limit, beforeId, withCount }: ReceiptPageRequest): Promise<ReceiptPage> {
    const query = { limit, count: withCount, ...(beforeId !== undefined && { before: beforeId }) };
    const answer = await this.api.quick.GET('/api/v1/agent/directory/receipts', { params: { query } });
    const { items, total } = dataOf(SERVICE, answer);
    return { items: items.map(receiptOf), total: total ?? undefined };
  }
}

function summaryOf(agent: Schemas['AgentSummary']): AgentSummary {
  const { agent_id: agentId, owner_id: ownerId, name, lifecycle, capabilities } = agent;
  return { agentId, ownerId, name: name ?? undefined, lifecycle, capabilities };
}

function receiptOf(receipt: Schemas['ExecutionReceiptSummary']): ExecutionReceiptSummary {
  return {
    id: receipt.id,
    executionId: receipt.execution_id,
    status: receipt.status,
    verified: receipt.verified,
    inputsHash: receipt.inputs_hash,
    resultHash: receipt.result_hash ?? undefined,
    stepsRoot: receipt.steps_root,
    totalCost: receipt.total_cost,
    issuedAt: Date.parse(receipt.issued_at),
  };
}
