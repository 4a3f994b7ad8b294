import { GpuOffer, gpuOfferStatus } from '@aitbc/coordinator-domain';
import { fromUnits, type Principal } from '@aitbc/shared-core';
import { instant } from '../jobs';

/** A GPU offer; who has booked it is shown to the booker, to who made the offer, and to admins. */
export function gpuOfferView(offer: GpuOffer, { subject, role }: Principal, now: number) {
  const isParty = role === 'admin' || offer.ownerId === subject || offer.bookedBy === subject;
  return {
    id: offer.id,
    owner_id: offer.ownerId,
    miner_id: offer.minerId,
    gpu: { name: offer.gpuName, memory_mb: offer.gpuMemoryMb },
    price_per_hour: fromUnits(offer.pricePerHour),
    region: offer.region,
    status: gpuOfferStatus(offer, now),
    available_from: instant(offer.availableFrom),
    available_until: instant(offer.availableUntil),
    booked_by: isParty ? offer.bookedBy : null,
    booked_at: instant(offer.bookedAt),
    created_at: instant(offer.createdAt),
    updated_at: instant(offer.updatedAt),
  };
}
