import { CoordinatorOutage } from './coordinator-outage';

describe('an outage of the coordinator', () => {
  let time = 0;
  const outage = (chance: number) =>
    new CoordinatorOutage(
      () => time,
      () => chance,
    );
  beforeEach(() => (time = 1_000_000));

  const pauseAfter = (seconds: number, away: CoordinatorOutage, askedForMs?: number) => {
    time = 1_000_000 + seconds * 1_000;
    return away.nextLook(askedForMs) - time;
  };

  it('is looked at ever more rarely, up to every 10 s', () => {
    const away = outage(0);
    expect([0, 0.5, 2, 7, 30, 600].map((seconds) => pauseAfter(seconds, away))).toEqual([
      1_000, 1_000, 2_000, 7_000, 10_000, 10_000,
    ]);
  });

  it('is looked at by chance earlier, by less than half', () => {
    const away = outage(0.998);
    expect([0, 4, 60].map((seconds) => pauseAfter(seconds, away))).toEqual([501, 2_004, 5_010]);
  });

  it('begins anew after it was over', () => {
    const away = outage(0);
    pauseAfter(0, away);
    expect(pauseAfter(30, away)).toBe(10_000);
    away.over();
    expect(pauseAfter(31, away)).toBe(1_000);
  });

  it('is looked at when the coordinator asks for it, within bounds', () => {
    const away = outage(0);
    expect(pauseAfter(0, away, 3_000)).toBe(3_000);
    expect(pauseAfter(8, away, 3_000)).toBe(8_000);
    expect(pauseAfter(9, away, 3_600_000)).toBe(10_000);
  });
});
