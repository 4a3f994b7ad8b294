import { GpuOffer, gpuOfferStatus, type Miner } from '@aitbc/coordinator-domain';
import {
  AppError,
  type Expected,
  newId,
  notFound,
  type Page,
  type PageRequest,
  type Principal,
  validationFailed,
  type Within,
} from '@aitbc/shared-core';
import type { GpuOfferFilter } from './gpu-offer-list';
import type { GpuOfferStore } from './gpu-offer.store';

/** What an operator offers, validated. */
export interface GpuOfferRequest {
  /** Model name of a GPU that the miner has registered. */
  readonly gpu: string;
  /** Units of 10⁻⁸ coin. */
  readonly pricePerHour: number;
  /** Without it, the miner's. */
  readonly region: string | undefined;
  /** Milliseconds; without it, now. */
  readonly availableFrom: number | undefined;
  /** Milliseconds; without it, no end. */
  readonly availableUntil: number | undefined;
}

/** GPUs by the hour: operators offer them, one client at a time books each. */
export class GpuOfferService {
  constructor(
    private readonly store: GpuOfferStore,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Offers a GPU of a miner, which the caller has shown to be the principal's own.
   * @throws AppError `validation_failed` when the miner has no such GPU or the times make no sense, `conflict` when all
   * its GPUs of that name are on offer, `not_found` when it was removed meanwhile.
   */
  create(
    { subject }: Principal,
    minerId: string,
    request: GpuOfferRequest,
    within?: Within<GpuOffer>,
  ): Promise<GpuOffer> {
    const now = this.now();
    assertTimes(request, now);
    const decide = (miner: Miner | undefined, offered: number): GpuOffer => {
      // Between the check of who owns the miner and this unit it may have been removed.
      if (miner?.ownerId !== subject) throw notFound('miner', minerId);
      return newOffer(request, miner, freeMemory(miner, request.gpu, offered), now);
    };
    return this.store.create({ minerId, gpu: request.gpu, now }, decide, within);
  }

  /** @throws AppError `not_found` */
  async get(offerId: string): Promise<GpuOffer> {
    const offer = await this.store.find(offerId);
    if (!offer) throw notFound('GPU offer', offerId);
    return offer;
  }

  /** Newest first. */
  page(filter: GpuOfferFilter, page: PageRequest): Promise<Page<GpuOffer>> {
    return this.store.page(filter, page, this.now());
  }

  /** @throws AppError `not_found`, or `conflict` when it can not be booked now. */
  async book({ subject }: Principal, offerId: string, within?: Within<GpuOffer>): Promise<GpuOffer> {
    const offer = await this.get(offerId);
    const booked = await this.store.book(offerId, subject, within);
    if (booked) return booked;
    const status = gpuOfferStatus(offer, this.now());
    const reason = status === 'available' ? 'taken by another client, or its time has not come' : status;
    throw new AppError('conflict', `the GPU offer is ${reason} and can not be booked`);
  }

  /** @throws AppError `not_found`, `forbidden` when another principal holds it, `conflict` when nobody does. */
  async release({ subject, role }: Principal, offerId: string): Promise<GpuOffer> {
    const released = await this.store.release(offerId, role === 'admin' ? undefined : subject);
    if (released) return released;
    const { state } = await this.get(offerId);
    if (state === 'booked') throw new AppError('forbidden', 'only who has booked the GPU offer may release it');
    throw new AppError('conflict', `the GPU offer is ${state}, not booked`);
  }

  /**
   * Takes an offer from the market for good.
   * @param expected throws when the offer as it stands is not the one that the caller has seen.
   * @throws AppError `not_found`, `forbidden` when it is another operator's, `precondition_failed`, `conflict` while a
   * client holds it or when it is withdrawn already.
   */
  async withdraw({ subject, role }: Principal, offerId: string, expected: Expected<GpuOffer>): Promise<void> {
    const withdrawn = await this.store.withdraw(offerId, (offer) => {
      if (!offer) throw notFound('GPU offer', offerId);
      if (role !== 'admin' && offer.ownerId !== subject) {
        throw new AppError('forbidden', 'only who has made the GPU offer may withdraw it');
      }
      expected(offer);
    });
    if (withdrawn) return;
    const { state } = await this.get(offerId);
    throw new AppError('conflict', `the GPU offer is ${state} and can not be withdrawn`);
  }
}

function assertTimes({ availableFrom, availableUntil }: GpuOfferRequest, now: number): void {
  if (availableUntil === undefined || availableUntil > Math.max(availableFrom ?? now, now)) return;
  throw validationFailed([{ pointer: '/available_until', message: 'must be in the future and after available_from' }]);
}

function newOffer(request: GpuOfferRequest, miner: Miner, gpuMemoryMb: number, now: number): GpuOffer {
  return Object.assign(new GpuOffer(), {
    id: newId('offer'),
    minerId: miner.id,
    ownerId: miner.ownerId,
    gpuName: request.gpu,
    gpuMemoryMb,
    pricePerHour: request.pricePerHour,
    region: request.region ?? miner.region,
    availableFrom: request.availableFrom ?? now,
    availableUntil: request.availableUntil ?? null,
    state: 'available',
    bookedBy: null,
    bookedAt: null,
    version: 1,
    createdAt: now,
    updatedAt: now,
  } satisfies GpuOffer);
}

/** Memory (MiB) of a GPU of that name, of which fewer are on offer than the miner has. */
function freeMemory(miner: Miner, gpu: string, offered: number): number {
  const [first, ...others] = miner.gpus.filter(({ name }) => name === gpu);
  if (!first) throw validationFailed([{ pointer: '/gpu', message: `the miner '${miner.id}' has no such GPU` }]);
  if (offered > others.length) throw new AppError('conflict', `every '${gpu}' of the miner is on offer already`);
  // GPUs of one name may differ in memory: what is promised must hold for each of them.
  return Math.min(first.memory_mb, ...others.map(({ memory_mb }) => memory_mb));
}
