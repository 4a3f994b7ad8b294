import { Bell } from './bell';
import { longPoll } from './long-poll';

const patience = (seconds: number, signal = new AbortController().signal) => ({ seconds, signal });

describe('long poll', () => {
  afterEach(() => jest.useRealTimers());

  it('looks at least once, without any patience', async () => {
    await expect(longPoll(() => Promise.resolve('here'), new Bell(), ['a'], patience(0))).resolves.toBe('here');
  });

  it('gives up when the patience is over', async () => {
    const nothing = () => Promise.resolve(undefined);
    await expect(longPoll(nothing, new Bell(), ['a'], patience(0.01))).resolves.toBeUndefined();
  });

  it('hears a ring that falls between the look and the wait', async () => {
    jest.useFakeTimers(); // No timer ever fires: only the ring can end the wait.
    const bell = new Bell();
    let looks = 0;
    const look = () => {
      looks += 1;
      if (looks > 1) return Promise.resolve('found');
      bell.ring('a');
      return Promise.resolve(undefined);
    };
    await expect(longPoll(look, bell, ['a'], patience(30))).resolves.toBe('found');
  });

  it('finds without a ring what another process did', async () => {
    let there = false;
    setTimeout(() => (there = true), 5);
    await expect(longPoll(() => Promise.resolve(there || undefined), new Bell(), ['a'], patience(5))).resolves.toBe(
      true,
    );
  });

  it('is not woken by other topics', async () => {
    const bell = new Bell();
    let looks = 0;
    const look = () => {
      looks += 1;
      for (let n = 0; n < 10; n += 1) setImmediate(() => bell.ring('b'));
      return Promise.resolve(undefined);
    };
    await longPoll(look, bell, ['a'], patience(0.05));
    expect(looks).toBeLessThan(5); // The first one, and when the time is over.
  });

  it('ends when the caller goes away', async () => {
    const leaving = new AbortController();
    setImmediate(() => leaving.abort());
    const nothing = () => Promise.resolve(undefined);
    await expect(longPoll(nothing, new Bell(), ['a'], patience(60, leaving.signal))).resolves.toBeUndefined();
  });
});
