import { GpuOffer, gpuOfferStatus } from '@aitbc/coordinator-domain';
import { fromUnits, type Principal, timeText } from '@aitbc/shared-core';

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
    available_from: timeText(offer.availableFrom),
    available_until: timeText(offer.availableUntil),
    booked_by: isParty ? offer.bookedBy : null,
    booked_at: timeText(offer.bookedAt),
    created_at: timeText(offer.createdAt),
    updated_at: timeText(offer.updatedAt),
  };
}
