/** What a GPU offer's row can say of it. An `available` one whose time is over is told as `expired`. */
export const GPU_OFFER_STATES = ['available', 'booked', 'withdrawn'] as const;
export type GpuOfferState = (typeof GPU_OFFER_STATES)[number];

/** What clients see: the stored states, and `expired`, which comes by itself with `available_until`. */
export const GPU_OFFER_STATUSES = [...GPU_OFFER_STATES, 'expired'] as const;
export type GpuOfferStatus = (typeof GPU_OFFER_STATUSES)[number];

/**
 * The life of a GPU offer.
 *
 *     available ──booked──▶ booked ──released──▶ available
 *       │                     │
 *       ├──withdrawn──▶ withdrawn            (by its owner, and only while nobody holds it)
 *       └──────minerRemoved───┴──▶ withdrawn (the machine is gone, whoever holds the offer)
 *
 * An offer can be booked from `available_from` until `available_until`; a booking lasts until it is released.
 * `withdrawn` is final. The SQL statements are made of this table.
 */
export const GPU_OFFER_EVENTS = {
  booked: { from: ['available'], to: 'booked' },
  released: { from: ['booked'], to: 'available' },
  withdrawn: { from: ['available'], to: 'withdrawn' },
  minerRemoved: { from: ['available', 'booked'], to: 'withdrawn' },
} as const satisfies Record<string, { from: readonly GpuOfferState[]; to: GpuOfferState }>;

export type GpuOfferEvent = keyof typeof GPU_OFFER_EVENTS;

/** The status of an offer at `now` (milliseconds). */
export function gpuOfferStatus(
  offer: { readonly state: GpuOfferState; readonly availableUntil: number | null },
  now: number,
): GpuOfferStatus {
  const over = offer.availableUntil !== null && offer.availableUntil <= now;
  return offer.state === 'available' && over ? 'expired' : offer.state;
}
