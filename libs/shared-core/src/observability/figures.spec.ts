import { Figures } from './figures';

describe('figures', () => {
  let now: number;
  let counts: number;
  let takes: number;
  let rows: number;
  let figures: Figures<number>;
  beforeEach(() => {
    [now, counts, takes, rows] = [1_000, 0, 0, 10_000];
    figures = new Figures(
      async () => {
        now += takes;
        counts += 1;
        return counts;
      },
      () => rows,
      () => now,
    );
  });

  it('that are counted fast are counted for each who asks', async () => {
    takes = 49;
    expect(await figures.get()).toEqual({ figures: 1, asOf: 1_000 });
    expect(await figures.get()).toEqual({ figures: 2, asOf: 1_049 });
  });

  it('of few rows are counted for each who asks, however long it takes', async () => {
    [takes, rows] = [500, 9_999];
    expect(await figures.get()).toEqual({ figures: 1, asOf: 1_000 });
    expect(await figures.get()).toEqual({ figures: 2, asOf: 1_500 });
  });

  it('that are counted slowly are kept for twenty times as long', async () => {
    takes = 100;
    expect(await figures.get()).toEqual({ figures: 1, asOf: 1_000 });
    now = 3_099;
    expect(await figures.get()).toEqual({ figures: 1, asOf: 1_000 });
    expect(counts).toBe(1);
  });

  it('are then counted once while the old ones are answered to all', async () => {
    takes = 100;
    await figures.get();
    now = 3_100;
    const answers = await Promise.all([figures.get(), figures.get(), figures.get()]);
    for (const answer of answers) expect(answer).toEqual({ figures: 1, asOf: 1_000 });
    expect(counts).toBe(2);
    expect(await figures.get()).toEqual({ figures: 2, asOf: 3_100 });
  });

  it('are counted once for all who ask while the first count is slow', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    const slow = new Figures(
      () => {
        counts += 1;
        return promise;
      },
      () => rows,
      () => now,
    );
    const first = slow.get();
    now += 49;
    const soon = slow.get();
    now += 50;
    const late = slow.get();
    resolve(7);
    expect(await Promise.all([first, soon, late])).toEqual([
      { figures: 7, asOf: 1_000 },
      { figures: 7, asOf: 1_049 },
      { figures: 7, asOf: 1_049 },
    ]);
    expect(counts).toBe(2);
  });

  it('are waited for after a long silence', async () => {
    takes = 100;
    await figures.get();
    now = 700_000;
    expect(await figures.get()).toEqual({ figures: 2, asOf: 700_000 });
  });

  it('stay when counting fails, until they are too old; then the failure shows', async () => {
    const failing = new Figures(
      async () => {
        now += 100;
        counts += 1;
        if (counts > 1) throw new Error('away');
        return counts;
      },
      () => rows,
      () => now,
    );
    await failing.get();
    now = 50_000;
    expect((await failing.get()).figures).toBe(1);
    expect((await failing.get()).figures).toBe(1);
    now = 700_000;
    await expect(failing.get()).rejects.toThrow('away');
  });
});
