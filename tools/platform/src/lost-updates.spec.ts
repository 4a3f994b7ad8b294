import { describeOnEngines, fullTests } from '@aitbc/shared-core/testing';
import type { ServiceName } from './child-app';
import { COUNTERS } from './load/counters';
import { Counting } from './load/counting';
import { Ledger } from './load/ledger';
import { LoadClient } from './load/load-client';
import { AlternatingRoute } from './load/route';
import { Tally } from './load/tally';
import { processesOn } from './testing/shared-database';
import { TestBed } from './testing/test-bed';

const CLIENTS = 32;
/** Few enough that clients meet: an update without `If-Match` would be lost here at once. */
const SHARED = 4;
const FULL_MS = 20_000;
const SHORT_ROUNDS = 4;

let bed: TestBed;
beforeEach(() => {
  bed = new TestBed();
});
afterEach(() => bed.close());

/** A counter that all clients raise. */
interface Shared {
  readonly counting: Counting;
  readonly path: string;
}

describeOnEngines('32 clients that create, update with If-Match and read', (context) => {
  it.each<[ServiceName, number]>([
    ['agent-management', 1],
    ['agent-management', 2],
    ['coordinator-api', 2],
  ])(
    'get no 5xx of the %s and lose no update, through %i process(es)',
    async (service, processes) => {
      const { urls, keys } = await processesOn(bed, await context.freshUrl(), service, processes);
      const { kinds, caller } = COUNTERS[service];
      const tally = new Tally();
      const ledger = new Ledger();
      // Each request goes to another process than the one before.
      const newClient = () => new LoadClient(new AlternatingRoute(urls), keys[caller], tally);
      const reader = newClient();
      const clients = Array.from({ length: CLIENTS }, newClient);
      const countings = new Map(kinds.map((kind) => [kind.collection, new Counting(kind, ledger)]));
      const shared: Shared[] = [];
      while (shared.length < SHARED) {
        for (const counting of countings.values()) shared.push({ counting, path: await counting.create(reader) });
      }

      const goesOn = enough();
      const refusals = await Promise.all(clients.map((client, index) => work(client, index, shared, goesOn)));

      expect(tally.failures).toEqual([]);
      const countAt = (path: string) => countings.get(path.replace(/\/[^/]+$/, ''))?.count(reader, path);
      expect(await ledger.discrepancies(async (path) => countAt(path))).toEqual([]);
      expect(ledger.writes).toBeGreaterThanOrEqual(CLIENTS * SHORT_ROUNDS);
      // They did get into each other's way.
      expect(refusals.some((refused) => refused > 0)).toBe(true);
      for (const client of [reader, ...clients]) client.close();
    },
    120_000,
  );
});

/** One client: raises the shared counters in turn, and now and then creates one of its own. Gives how often it got 412. */
async function work(
  client: LoadClient,
  index: number,
  shared: readonly Shared[],
  goesOn: (rounds: number) => boolean,
): Promise<number> {
  let refused = 0;
  for (let round = 0; goesOn(round); round += 1) {
    const target = shared[(index + round) % shared.length];
    if (!target) throw new Error('there is no counter to raise');
    const { counting, path } = target;
    if (round % SHORT_ROUNDS === 0) await counting.raise(client, await counting.create(client));
    while (!(await counting.raise(client, path))) refused += 1;
  }
  return refused;
}

/** Whether a client goes on after that many rounds: by the clock in the full form, by count in the short one. */
function enough(): (rounds: number) => boolean {
  const end = performance.now() + FULL_MS;
  return fullTests ? () => performance.now() < end : (rounds) => rounds < SHORT_ROUNDS;
}
