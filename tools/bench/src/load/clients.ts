/**
 * Has `count` clients do `work` again and again until the time is over; resolves with the number of times that it was
 * done within the time. What was begun is finished, but not counted.
 * @throws what `work` throws, as soon as one does.
 */
export async function repeat(
  count: number,
  durationMs: number,
  work: (client: number) => Promise<unknown>,
): Promise<number> {
  const end = performance.now() + durationMs;
  let done = 0;
  let failed = false;
  const client = async (index: number) => {
    while (performance.now() < end && !failed) {
      await work(index);
      if (performance.now() <= end) done += 1;
    }
  };
  const watched = async (_: unknown, index: number) => {
    try {
      await client(index);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: count }, watched));
  return done;
}

/**
 * Has `clients` clients do `work` for each number below `count`, each its next one as soon as it is free.
 * @throws what `work` throws, as soon as one does.
 */
export async function times(count: number, clients: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const client = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: clients }, client));
}
