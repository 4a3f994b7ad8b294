import type { AgentCounts, AgentDirectory, AgentSummary, ReceiptPage, ReceiptPageRequest } from '@aitbc/contracts';
import type { AgentRepository } from '../agents';
import type { PublicReceipts } from './public-receipts';

/** The directory while coordinator and agents are one process and one database: it asks the registry itself. */
export class LocalAgentDirectory implements AgentDirectory {
  constructor(
    private readonly agents: Pick<AgentRepository, 'find' | 'counts'>,
    private readonly publicReceipts: Pick<PublicReceipts, 'page'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Of any owner, retired ones too: the caller judges `ownerId` and `lifecycle`. */
  async find(agentId: string): Promise<AgentSummary | undefined> {
    const agent = await this.agents.find(agentId);
    if (!agent) return undefined;
    const { id, ownerId, name, lifecycle, capabilities } = agent;
    return { agentId: id, ownerId, name: name ?? undefined, lifecycle, capabilities };
  }

  counts(): Promise<AgentCounts> {
    return this.agents.counts(this.now());
  }

  receipts(page: ReceiptPageRequest): Promise<ReceiptPage> {
    return this.publicReceipts.page(page);
  }
}
