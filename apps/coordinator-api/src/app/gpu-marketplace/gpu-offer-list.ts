import { GpuOffer, type GpuOfferStatus } from '@aitbc/coordinator-domain';
import type { PageRequest } from '@aitbc/shared-core';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';

/** Which offers; all that is given must hold. */
export interface GpuOfferFilter {
  readonly gpu?: string | undefined;
  /** MiB. */
  readonly minMemoryMb?: number | undefined;
  /** Units of 10⁻⁸ coin. */
  readonly maxPrice?: number | undefined;
  readonly region?: string | undefined;
  /** The status at the time of the call; without it, all but the withdrawn ones. */
  readonly status?: GpuOfferStatus | undefined;
  /** Who made or holds them. */
  readonly party?: string | undefined;
}

/** One more than a page, newest first. */
export function onePageOfOffers(
  manager: EntityManager,
  filter: GpuOfferFilter,
  page: PageRequest,
  now: number,
): SelectQueryBuilder<GpuOffer> {
  const query = matchingOffers(manager, filter, now).orderBy('o.id', 'DESC');
  if (page.afterId !== undefined) query.andWhere('o.id < :afterId', page);
  return query.offset(page.offset).limit(page.limit + 1);
}

/** The offers that match at `now`, in no order. */
export function matchingOffers(
  manager: EntityManager,
  filter: GpuOfferFilter,
  now: number,
): SelectQueryBuilder<GpuOffer> {
  // True of every id: without a filter it makes the primary key an index range to walk.
  const query = manager.createQueryBuilder(GpuOffer, 'o').where(`o.id > ''`);
  if (filter.gpu !== undefined) query.andWhere('o.gpuName = :gpu', filter);
  if (filter.minMemoryMb !== undefined) query.andWhere('o.gpuMemoryMb >= :minMemoryMb', filter);
  if (filter.maxPrice !== undefined) query.andWhere('o.pricePerHour <= :maxPrice', filter);
  if (filter.region !== undefined) query.andWhere('o.region = :region', filter);
  if (filter.party !== undefined) query.andWhere('(o.ownerId = :party OR o.bookedBy = :party)', filter);
  addStatus(query, filter.status, now);
  return query;
}

/** What keeps GPUs of that name of the miner from being offered once more at `now`. */
export function liveOffers(
  manager: EntityManager,
  minerId: string,
  gpu: string,
  now: number,
): SelectQueryBuilder<GpuOffer> {
  return manager
    .createQueryBuilder(GpuOffer, 'o')
    .where('o.minerId = :minerId AND o.gpuName = :gpu', { minerId, gpu })
    .andWhere(
      `(o.state = 'booked' OR o.state = 'available' AND (o.availableUntil IS NULL OR o.availableUntil > :now))`,
      { now },
    );
}

/** Says in SQL what `gpuOfferStatus` says of one offer. */
function addStatus(query: SelectQueryBuilder<GpuOffer>, status: GpuOfferStatus | undefined, now: number): void {
  if (status === undefined) query.andWhere(`o.state <> 'withdrawn'`);
  else query.andWhere('o.state = :state', { state: status === 'expired' ? 'available' : status });
  if (status === 'available') query.andWhere('(o.availableUntil IS NULL OR o.availableUntil > :now)', { now });
  if (status === 'expired') query.andWhere('o.availableUntil <= :now', { now });
}
