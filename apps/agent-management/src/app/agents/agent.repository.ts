import { type Database, type Page, pageOf, type PageRequest } from '@aitbc/shared-core';
import { Agent, AgentCapability, type AgentLifecycle } from '@aitbc/shared-domain';
import { type EntityManager, In, type ObjectLiteral, type Repository } from 'typeorm';
import { type AgentFilter, matchingAgents, onePage } from './agent-list';

/** The only one that knows the tables of agents. Methods called inside a unit of work join it. */
export class AgentRepository {
  constructor(private readonly db: Database) {}

  async find(id: string): Promise<Agent | undefined> {
    // PostgreSQL refuses NUL in text, and no agent has one in its id.
    if (id.includes('\0')) return undefined;
    return (await this.db.read((manager) => manager.findOneBy(Agent, { id }))) ?? undefined;
  }

  /** Those that exist, in any order. */
  findAll(ids: readonly string[]): Promise<Agent[]> {
    // PostgreSQL refuses NUL in text, and no agent has one in its id.
    const known = ids.filter((id) => !id.includes('\0'));
    return this.db.read((manager) => manager.findBy(Agent, { id: In(known) }));
  }

  /** By id. */
  page(filter: AgentFilter, page: PageRequest, now: number): Promise<Page<Agent>> {
    return this.db.read(async (manager) => {
      const query = matchingAgents(manager, filter, now);
      const total = page.withCount ? await query.getCount() : undefined;
      return pageOf(await onePage(query, page).getMany(), page, total);
    });
  }

  insert(agent: Agent): Promise<void> {
    return this.db.write(async (manager) => {
      await rowsOf(manager).insert({ ...agent });
      await insertCapabilities(manager, agent);
    });
  }

  /** Writes all fields of the agent. */
  update(agent: Agent): Promise<void> {
    return this.db.write(async (manager) => {
      const { id, ...fields } = agent;
      await rowsOf(manager).update({ id }, fields);
      await manager.delete(AgentCapability, { agentId: id });
      await insertCapabilities(manager, agent);
    });
  }

  /** Writes what a heartbeat changes and nothing else: it is the most frequent write of all. */
  async recordHeartbeat({ id, status, lastHeartbeatAt, lastReport }: Agent): Promise<void> {
    await this.db.write((manager) => rowsOf(manager).update({ id }, { status, lastHeartbeatAt, lastReport }));
  }

  /** How many agents there are in each state of their lives; states without any are left out. */
  countsByLifecycle(): Promise<Map<AgentLifecycle, number>> {
    return this.db.readSql(async (sql) => {
      const rows = await sql.query<{ lifecycle: AgentLifecycle; number: number | string }>(
        'SELECT lifecycle, COUNT(*) AS number FROM agents GROUP BY lifecycle',
      );
      return new Map(rows.map(({ lifecycle, number }) => [lifecycle, Number(number)]));
    });
  }
}

/** For writes only: TypeORM's own type of what may be written does not terminate for recursive JSON. */
function rowsOf(manager: EntityManager): Repository<ObjectLiteral> {
  return manager.getRepository<ObjectLiteral>(Agent);
}

async function insertCapabilities(manager: EntityManager, { id: agentId, capabilities }: Agent): Promise<void> {
  if (capabilities.length === 0) return;
  await manager.insert(
    AgentCapability,
    capabilities.map((capability) => ({ capability, agentId })),
  );
}
