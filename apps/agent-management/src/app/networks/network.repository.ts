import { type Database, type Page, pageOf, type PageRequest } from '@aitbc/shared-core';
import { AgentNetwork } from '@aitbc/shared-domain';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';

/** Whose networks; `undefined` is everybody's, for admins. */
export type NetworkOwner = string | undefined;

/** The only one that knows the table of networks. Methods called inside a unit of work join it. */
export class NetworkRepository {
  constructor(private readonly db: Database) {}

  async find(id: string): Promise<AgentNetwork | undefined> {
    // PostgreSQL refuses NUL in text, and no network has one in its id.
    if (id.includes('\0')) return undefined;
    return (await this.db.read((manager) => manager.findOneBy(AgentNetwork, { id }))) ?? undefined;
  }

  /** Newest first. */
  page(owner: NetworkOwner, page: PageRequest): Promise<Page<AgentNetwork>> {
    return this.db.read(async (manager) => {
      const total = page.withCount ? await networksOf(manager, owner).getCount() : undefined;
      return pageOf(await networkPage(manager, owner, page).getMany(), page, total);
    });
  }

  async insert(network: AgentNetwork): Promise<void> {
    await this.db.write((manager) => manager.insert(AgentNetwork, network));
  }

  async update({ id, ...fields }: AgentNetwork): Promise<void> {
    await this.db.write((manager) => manager.update(AgentNetwork, { id }, fields));
  }

  async delete(id: string): Promise<void> {
    await this.db.write((manager) => manager.delete(AgentNetwork, { id }));
  }
}

/** One more than a page, by id. */
export function networkPage(
  manager: EntityManager,
  owner: NetworkOwner,
  page: PageRequest,
): SelectQueryBuilder<AgentNetwork> {
  const query = networksOf(manager, owner);
  if (page.afterId !== undefined) query.andWhere('n.id < :afterId', page);
  return query
    .orderBy('n.id', 'DESC')
    .offset(page.offset)
    .limit(page.limit + 1);
}

function networksOf(manager: EntityManager, owner: NetworkOwner): SelectQueryBuilder<AgentNetwork> {
  const query = manager.createQueryBuilder(AgentNetwork, 'n');
  // True of every id: without an owner it makes the primary key an index range to walk.
  return owner === undefined ? query.where(`n.id > ''`) : query.where('n.ownerId = :owner', { owner });
}
