import type { Counting } from './counting';
import { type LoadClient, RequestFailed } from './load-client';

/** How many rounds a client raises one counter before it creates the next. */
const ROUNDS_PER_COUNTER = 8;

/**
 * One client at work on counters of its own, so that no other client can make its updates fail: creates one, reads it
 * and raises it, creates the next. A request that fails is in the tally and not sent again.
 */
export async function workOnOwn(client: LoadClient, counting: Counting, goesOn: () => boolean): Promise<void> {
  let path: string | undefined;
  for (let round = 0; goesOn(); round += 1) {
    try {
      if (path === undefined || round % ROUNDS_PER_COUNTER === 0) path = await counting.create(client);
      await counting.raise(client, path);
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
    }
  }
}
