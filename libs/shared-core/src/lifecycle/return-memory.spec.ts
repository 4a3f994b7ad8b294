import { Session } from 'node:inspector/promises';
import { memoryLogger } from '../testing/memory-logger';
import { waitFor } from '../testing/wait-for';
import { returnMemoryWhenIdle, returnUnusedMemory } from './return-memory';

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

describe('a process at rest', () => {
  it('gives back what a time of work has left behind', async () => {
    await returnUnusedMemory();
    const memory = returnMemoryWhenIdle(memoryLogger().logger);
    const filled = makeGarbage();
    memory.start();
    await waitFor(() => process.memoryUsage().heapTotal < filled - 20 * MEBIBYTES);
    await memory.stop();
  });

  it('keeps what it needs, and is not disturbed for it again', async () => {
    let looks = 0;
    // It grew once, and stays so whatever is collected.
    const memory = returnMemoryWhenIdle(memoryLogger().logger, () => ((looks += 1) === 1 ? 0 : 100 * MEBIBYTES));
    const collected = jest.spyOn(Session.prototype, 'post');
    memory.start();
    await waitFor(() => looks > 8);
    await memory.stop();
    expect(collected.mock.calls.length).toBeLessThanOrEqual(1);
    collected.mockRestore();
  });
});
