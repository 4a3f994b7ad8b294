import { GPU_OFFER_EVENTS, GPU_OFFER_STATES, type GpuOfferState, gpuOfferStatus } from './gpu-offer-state';

const leaving = (state: GpuOfferState): string[] => {
  const events = Object.entries<{ from: readonly GpuOfferState[] }>(GPU_OFFER_EVENTS);
  return events.filter(([, { from }]) => from.includes(state)).map(([event]) => event);
};

describe('GPU offer states', () => {
  it('let an available offer be booked or withdrawn', () => {
    expect(leaving('available')).toEqual(['booked', 'withdrawn', 'minerRemoved']);
  });

  it('keep a booked offer until it is released or its machine is gone', () => {
    expect(leaving('booked')).toEqual(['released', 'minerRemoved']);
  });

  it('never leave withdrawn', () => {
    expect(leaving('withdrawn')).toEqual([]);
  });

  it.each(GPU_OFFER_STATES)('tell %s as it is while the time of the offer runs', (state) => {
    expect(gpuOfferStatus({ state, availableUntil: 11 }, 10)).toBe(state);
    expect(gpuOfferStatus({ state, availableUntil: null }, 10)).toBe(state);
  });

  it('tell only an available offer as expired when its time is over', () => {
    const statuses = GPU_OFFER_STATES.map((state) => gpuOfferStatus({ state, availableUntil: 10 }, 10));
    expect(statuses).toEqual(['expired', 'booked', 'withdrawn']);
  });
});
