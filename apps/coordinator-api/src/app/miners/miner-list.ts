import { Miner } from '@aitbc/coordinator-domain';
import type { PageRequest } from '@aitbc/shared-core';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';

/** Which miners; removed ones are never listed. */
export interface MinerFilter {
  readonly ownerId?: string | undefined;
  readonly region?: string | undefined;
  /** Those with a sign of life after `since` (milliseconds), or those without one. */
  readonly heartbeat?: { readonly online: boolean; readonly since: number } | undefined;
}

/** One more than a page, newest ids first. */
export function onePageOfMiners(
  manager: EntityManager,
  filter: MinerFilter,
  page: PageRequest,
): SelectQueryBuilder<Miner> {
  const query = matchingMiners(manager, filter).orderBy('m.id', 'DESC');
  if (page.afterId !== undefined) query.andWhere('m.id < :afterId', page);
  return query.offset(page.offset).limit(page.limit + 1);
}

/** The miners that match, in no order. */
export function matchingMiners(manager: EntityManager, filter: MinerFilter): SelectQueryBuilder<Miner> {
  // True of every id: without a filter it makes the primary key an index range to walk.
  const query = manager.createQueryBuilder(Miner, 'm').where(`m.id > ''`).andWhere('m.removedAt IS NULL');
  if (filter.ownerId !== undefined) query.andWhere('m.ownerId = :ownerId', filter);
  if (filter.region !== undefined) query.andWhere('m.region = :region', filter);
  if (filter.heartbeat) {
    query.andWhere(`m.lastHeartbeatAt ${filter.heartbeat.online ? '>' : '<='} :since`, filter.heartbeat);
  }
  return query;
}
