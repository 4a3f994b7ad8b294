import { waitFor } from '@aitbc/shared-core/testing';
import { WorkQueue } from './work-queue';

/** A queue whose work ends when it is told to. */
function opened(limit: number, concurrency: number) {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  const work = (item: number) => {
    begun.push(item);
    return new Promise<void>((resolve) => ends.set(item, resolve));
  };
  return { queue: new WorkQueue(work, { limit, concurrency }), begun, end: (item: number) => ends.get(item)?.() };
}

describe('the queue', () => {
  it('works on so many at once, keeps so many, and refuses the rest', async () => {
    const { queue, begun, end } = opened(3, 2);
    expect([1, 2, 3, 4, 5, 6, 7].map((item) => queue.offer(item))).toEqual([...Array(5).fill(true), false, false]);
    expect(begun).toEqual([1, 2]);
    expect(queue.length).toBe(3);
    end(2);
    await waitFor(() => begun.length === 3);
    expect(begun).toEqual([1, 2, 3]);
    expect(queue.offer(8)).toBe(true);
  });

  it('finishes what waits, and takes nothing meanwhile', async () => {
    const { queue, begun, end } = opened(3, 1);
    queue.offer(1);
    queue.offer(2);
    const left = queue.finish(60_000);
    expect(queue.offer(3)).toBe(false);
    end(1);
    await waitFor(() => begun.includes(2));
    end(2);
    expect(await left).toBe(0);
  });

  it('finishes at once when there is nothing to do', async () => {
    expect(await opened(1, 1).queue.finish(60_000)).toBe(0);
  });

  it('gives up when time is over, and says what is left', async () => {
    const { queue, begun } = opened(5, 2);
    [1, 2, 3].forEach((item) => queue.offer(item));
    expect(await queue.finish(1)).toBe(3);
    expect(begun).toEqual([1, 2]);
  });
});
