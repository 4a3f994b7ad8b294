import type { AgentCounts, AgentDirectory, AgentSummary, ReceiptPage, ReceiptPageRequest } from '@aitbc/contracts';
import type { Database } from '@aitbc/shared-core';
import { Agent, onlineSince } from '@aitbc/shared-domain';
import { pageOfReceipts } from './public-receipts';

/**
 * What services may know of agents, read from the tables of the agent context. The agent service answers with it, and
 * the coordinator falls back on it while that service is away, as long as both share a database.
 */
export class DatabaseAgentDirectory implements AgentDirectory {
  constructor(
    private readonly db: Database,
    private readonly now: () => number = Date.now,
  ) {}

  /** Of any owner, retired ones too: the caller judges `ownerId` and `lifecycle`. */
  async find(agentId: string): Promise<AgentSummary | undefined> {
    // PostgreSQL refuses NUL in text, and no agent has one in its id.
    if (agentId.includes('\0')) return undefined;
    const agent = await this.db.read((manager) => manager.findOneBy(Agent, { id: agentId }));
    if (!agent) return undefined;
    const { id, ownerId, name, lifecycle, capabilities } = agent;
    return { agentId: id, ownerId, name: name ?? undefined, lifecycle, capabilities };
  }

  counts(): Promise<AgentCounts> {
    return countAgents(this.db, this.now());
  }

  receipts(page: ReceiptPageRequest): Promise<ReceiptPage> {
    return this.db.read((manager) => pageOfReceipts(manager, page));
  }
}

/** How many agents there are now, of all owners; retired ones do not count. */
export function countAgents(db: Database, now: number): Promise<AgentCounts> {
  return db.readSql(async (sql) => {
    const [row] = await sql.query<Record<keyof AgentCounts, number | string>>(
      `SELECT (SELECT COUNT(*) FROM agents WHERE lifecycle <> 'retired') AS registered,
              (SELECT COUNT(*) FROM agents WHERE lifecycle = 'active') AS active,
              (SELECT COUNT(*) FROM agents
                WHERE last_heartbeat_at >= $1 AND status <> 'offline' AND lifecycle <> 'retired') AS online`,
      [onlineSince(now)],
    );
    return { registered: Number(row?.registered), active: Number(row?.active), online: Number(row?.online) };
  });
}
