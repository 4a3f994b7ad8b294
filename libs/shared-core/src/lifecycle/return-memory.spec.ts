import { returnUnusedMemory } from './return-memory';

const MEBIBYTES = 2 ** 20;

it('gives back what nothing refers to any more', async () => {
  let garbage: object[] | undefined = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
  const filled = process.memoryUsage().heapTotal;
  expect(garbage).toHaveLength(1_000_000);
  garbage = undefined;
  await returnUnusedMemory();
  expect(process.memoryUsage().heapTotal).toBeLessThan(filled - 20 * MEBIBYTES);
});
