/**
 * Has `count` clients do `work` again and again until the time is over; resolves with the number of times that it was
 * done within the time. What was begun is finished, but not counted.
 * @throws what `work` throws, as soon as one does.
 */
export async function repeat(count: number, durationMs: number, work: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + durationMs;
  let done = 0;
  let failed = false;
  const client = async () => {
    while (performance.now() < end && !failed) {
      await work();
      if (performance.now() <= end) done += 1;
    }
  };
  const watched = async () => {
    try {
      await client();
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: count }, watched));
  return done;
}
