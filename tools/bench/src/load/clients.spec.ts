import { repeat, times } from './clients';

it('counts what was done in the time, and finishes what was begun without counting it', async () => {
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
  let begun = 0;
  const done = await repeat(1, 10, async () => {
    begun += 1;
    now += 4;
  });
  clock.mockRestore();
  expect({ begun, done }).toEqual({ begun: 3, done: 2 });
});

it('has as many at work at once as there are clients', async () => {
  let atWork = 0;
  let most = 0;
  let rounds = 0;
  // The time goes on with the work, not with the machine.
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => rounds);
  await repeat(4, 20, async () => {
    most = Math.max(most, ++atWork);
    await new Promise((resolve) => setImmediate(resolve));
    atWork -= 1;
    rounds += 1;
  });
  clock.mockRestore();
  expect(most).toBe(4);
  expect(rounds).toBeGreaterThanOrEqual(20);
});

it('ends all clients when one fails', async () => {
  let calls = 0;
  const work = async () => {
    calls += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (calls >= 3) throw new Error('broken');
  };
  await expect(repeat(3, 60_000, work)).rejects.toThrow('broken');
});

it('does each of a number of works once', async () => {
  const done: number[] = [];
  await times(7, 3, async (index) => {
    await new Promise((resolve) => setImmediate(resolve));
    done.push(index);
  });
  expect(done.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
