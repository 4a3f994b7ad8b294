import { nextUpdate } from './next-update';

describe('the time of a change', () => {
  it('is the time of the clock', () => {
    expect(nextUpdate(1_000, 5_000)).toBe(5_000);
  });

  it.each([1_000, 999, 0])('is later than the change before, also when the clock says %d', (now) => {
    expect(nextUpdate(1_000, now)).toBe(1_001);
  });
});
