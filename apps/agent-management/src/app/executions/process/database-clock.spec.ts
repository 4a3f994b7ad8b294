import type { Database, SqlRunner } from '@aitbc/shared-core';
import { memoryLogger } from '@aitbc/shared-core/testing';
import { DatabaseClock } from './database-clock';

const HOUR = 3_600_000;

/** A database whose clock and whose slowness the test decides. */
class TimeServer implements Pick<Database, 'engine' | 'readSql'> {
  readonly engine = 'postgres';
  /** What has passed, in both processes alike. */
  elapsed = 0;
  epoch = 1_800_000_000_000;
  /** Milliseconds of the way there and back for the next questions; the last one stays. */
  ways: [there: number, back: number][] = [[0, 0]];

  readonly readSql = async <T>(work: (sql: SqlRunner) => Promise<T>): Promise<T> => {
    const [there, back] = (this.ways.length > 1 ? this.ways.shift() : this.ways[0]) ?? [0, 0];
    this.elapsed += there;
    const now = this.epoch + this.elapsed;
    this.elapsed += back;
    return work({ query: <Row extends object>() => Promise.resolve([{ now }] as unknown as Row[]) });
  };

  get time(): number {
    return this.epoch + this.elapsed;
  }
}

describe('the clock of the database', () => {
  const clocks: DatabaseClock[] = [];
  afterEach(() => clocks.splice(0).forEach((clock) => clock.stop()));

  async function open(server: TimeServer, skew: number): Promise<DatabaseClock> {
    const clock = await DatabaseClock.open(server, memoryLogger().logger, () => server.time + skew);
    clocks.push(clock);
    return clock;
  }

  it.each([HOUR, -HOUR, 0])('is told by a machine whose own clock is %i ms off', async (skew) => {
    const server = new TimeServer();
    const clock = await open(server, skew);
    expect(clock.now()).toBe(server.time);
    server.elapsed += 1_234;
    expect(clock.now()).toBe(server.time);
  });

  it('believes the quickest answer, and is then off by half its round trip at most', async () => {
    const server = new TimeServer();
    server.ways = [
      [900, 10],
      [30, 700],
      [0, 8],
      [400, 400],
      [300, 0],
    ];
    const clock = await open(server, HOUR);
    expect(Math.abs(clock.now() - server.time)).toBeLessThanOrEqual(4);
  });

  it('keeps what it knows better than a slow answer tells', async () => {
    const server = new TimeServer();
    const clock = await open(server, HOUR);
    server.ways = [[500, 0]];
    await clock.refresh();
    expect(clock.now()).toBe(server.time);
  });

  it('follows a clock that has moved on by itself', async () => {
    const server = new TimeServer();
    const clock = await open(server, 0);
    const skewed = clock.now();
    server.epoch += 5_000;
    const source = jest.spyOn(clock as unknown as { source: () => number }, 'source');
    source.mockImplementation(() => server.time - 5_000);
    await clock.refresh();
    expect(clock.now()).toBe(skewed + 5_000);
  });

  it('stands still rather than going back', async () => {
    const server = new TimeServer();
    let wrong = 0;
    const clock = await DatabaseClock.open(server, memoryLogger().logger, () => server.time + wrong);
    clocks.push(clock);
    wrong = 2_000;
    const ahead = clock.now();
    expect(ahead).toBe(server.time + 2_000);
    await clock.refresh();
    expect(clock.now()).toBe(ahead);
    server.elapsed += 1_999;
    expect(clock.now()).toBe(ahead);
    server.elapsed += 2;
    expect(clock.now()).toBe(ahead + 1);
  });
});
