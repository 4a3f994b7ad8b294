import { setTimeout as delay } from 'node:timers/promises';
import { describeOnEngines, fullTests } from '@aitbc/shared-core/testing';
import { AGENT_COUNTERS, type CounterKind, WORKFLOW_COUNTERS } from './load/counters';
import { type LoadAnswer, LoadClient } from './load/load-client';
import { FixedRoute } from './load/route';
import { Tally } from './load/tally';
import { inParallel } from './testing/executions';
import { processesOn } from './testing/shared-database';
import { TestBed } from './testing/test-bed';

const CREATES = fullTests ? 1_000 : 120;
const LANES = 16;

let bed: TestBed;
beforeEach(() => {
  bed = new TestBed();
});
afterEach(() => bed.close());

describeOnEngines('creates that are sent twice with one Idempotency-Key', (context) => {
  it.each([
    ['the same process', 1],
    ['another process', 2],
  ])(
    'make one object each when the twin goes to %s',
    async (_which, processes) => {
      const { urls, keys } = await processesOn(bed, await context.freshUrl(), 'agent-management', processes);
      const tally = new Tally();
      const clientOf = (url = urls[0]) => new LoadClient(new FixedRoute(url), keys.client, tally);
      const pairs = await inParallel([...Array(CREATES).keys()], LANES, async (index) => {
        const [first, twin] = [clientOf(), clientOf(urls.at(-1))];
        const kind = index % 2 === 0 ? AGENT_COUNTERS : WORKFLOW_COUNTERS;
        const send = (client: LoadClient) => create(client, kind, `twice-${index}`);
        // A third of the twins sets out while the first is in flight.
        const answers =
          index % 3 === 0 ? await Promise.all([send(first), send(twin)]) : [await send(first), await send(twin)];
        first.close();
        twin.close();
        return answers;
      });

      expect(tally.failures).toEqual([]);
      for (const [one, other] of pairs) expect(other?.body).toEqual(one?.body);
      const replayed = pairs.flat().filter(({ headers }) => headers['idempotency-replayed'] === 'true');
      expect(replayed).toHaveLength(CREATES);
      const reader = clientOf();
      expect(await total(reader, AGENT_COUNTERS)).toBe(CREATES / 2);
      expect(await total(reader, WORKFLOW_COUNTERS)).toBe(CREATES / 2);
      reader.close();
    },
    180_000,
  );
});

/** Creates as clients do: a 409 says that the twin is in flight, so it asks again. */
async function create(client: LoadClient, kind: CounterKind, key: string): Promise<LoadAnswer> {
  for (;;) {
    const answer = await client.send({ ...kind.creation(key), expected: [201, 409] });
    if (answer.status === 201) return answer;
    expect(answer.headers['retry-after']).toBe('1');
    await delay(20);
  }
}

/** How many objects of that kind the client sees. */
async function total(client: LoadClient, { collection }: CounterKind): Promise<number> {
  const path = `${collection}?count=true&limit=1`;
  const { headers } = await client.send({ method: 'GET', path, expected: [200] });
  return Number(headers['x-total-count']);
}
