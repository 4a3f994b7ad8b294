import { pacer } from './pacer';

it('gives turns at even distances from the first, and at once those that are late', async () => {
  let now = 0;
  const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
  const pauses: number[] = [];
  const turn = pacer(100, async (ms) => void pauses.push(ms));
  // Due at 0, 10, 20, 30 and 40.
  for (const at of [0, 0, 15, 70, 35]) {
    now = at;
    await turn();
  }
  clock.mockRestore();
  expect(pauses).toEqual([10, 5, 5]);
});
