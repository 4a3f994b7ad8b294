import { returnUnusedMemory } from './return-memory';

const MEBIBYTES = 2 ** 20;

/** Fills the heap with what nothing refers to after the return; bytes that it then has. */
function makeGarbage(): number {
  const garbage = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
  expect(garbage).toHaveLength(1_000_000);
  return process.memoryUsage().heapTotal;
}

it('gives back what nothing refers to any more', async () => {
  const filled = makeGarbage();
  await returnUnusedMemory();
  expect(process.memoryUsage().heapTotal).toBeLessThan(filled - 20 * MEBIBYTES);
});
