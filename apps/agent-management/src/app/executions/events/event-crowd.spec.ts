import type { Server } from 'node:http';
import { describeAboveStores, fullTests } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep, PREFIX } from '../../testing/agent-context-fixture';
import { addressOf } from './testing/address-of';
import { EventReader } from './testing/event-reader';
import { insist } from './testing/insist';

const EXECUTIONS = fullTests ? 100 : 10;
const READERS_OF_EACH = 5;
/** One reader in so many loses its connection on the way. */
const LOSES_ITS_CONNECTION = 10;
const STEPS = ['one', 'two', 'three', 'four'];

describeAboveStores(`${EXECUTIONS * READERS_OF_EACH} readers of ${EXECUTIONS} executions`, (engine) => {
  let fixtures: AgentContextFixture[];
  let servers: Server[];
  let bases: string[];

  beforeAll(async () => {
    const url = await engine.freshUrl();
    // The second process runs nothing: its readers see what was committed elsewhere.
    fixtures = [await AgentContextFixture.open(engine, { url })];
    fixtures.push(await AgentContextFixture.open(engine, { url, worker: false }));
    servers = fixtures.map(({ http }) => http.app.listen(0, '127.0.0.1'));
    bases = await Promise.all(servers.map(addressOf));
  });
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await Promise.all(fixtures.map(({ context }) => context.stop()));
  });

  it('each see every event once and in order, also those that come back', async () => {
    const [fixture] = fixtures;
    if (!fixture) throw new Error('no process');
    const workflow = await insist(() => fixture.workflow(waitsAndRuns(), { dependencies: oneAfterAnother() }));
    const ids: string[] = [];
    for (let n = 0; n < EXECUTIONS; n += 1) ids.push(await insist(() => fixture.start(workflow)));
    const reading = ids.flatMap((id, n) =>
      Array.from({ length: READERS_OF_EACH }, (_, reader) => {
        const number = n * READERS_OF_EACH + reader;
        return followToEnd(bases[reader % bases.length] ?? '', id, number % LOSES_ITS_CONNECTION === 0);
      }),
    );
    for (const id of ids) await insist(() => go(fixture, id));
    const seen = await Promise.all(reading);
    const { event_seq: last } = await fixture.until(ids.at(-1) ?? '');
    const whole = Array.from({ length: last }, (_, index) => String(index + 1));
    expect(last).toBeGreaterThan(2 * STEPS.length);
    for (const { places, end } of seen) expect({ places, end }).toEqual({ places: whole, end: 'execution.completed' });
    expect(seen.filter(({ connections }) => connections > 1).length).toBe(seen.length / LOSES_ITS_CONNECTION);
  }, 300_000);
});

async function go(fixture: AgentContextFixture, id: string): Promise<void> {
  const { status, text } = await fixture.post(`/executions/${id}/signals/go`, { data: 1 });
  if (status >= 300) throw new Error(text);
}

/** Reads to the end, perhaps over two connections; the first one ends after as many events as chance has it. */
async function followToEnd(base: string, id: string, losesItsConnection: boolean) {
  const places: string[] = [];
  let end = '';
  let connections = 0;
  let left = losesItsConnection ? 1 + Math.floor(Math.random() * 8) : Infinity;
  for (let last = ''; ;) {
    const headers: Record<string, string> = last === '' ? {} : { 'last-event-id': last };
    const reader = await EventReader.open(`${base}${PREFIX}/executions/${id}/events`, {
      'x-api-key': 'alice',
      ...headers,
    });
    connections += 1;
    for await (const event of reader.received) {
      places.push((last = event.id ?? ''));
      end = event.event;
      if ((left -= 1) === 0) break;
    }
    reader.leave();
    if (left !== 0) return { places, end, connections };
    left = Infinity;
  }
}

function waitsAndRuns(): Record<string, object> {
  const [first = '', ...others] = STEPS;
  const waiting = dataStep('1', { config: { expression: '1', wait_for: { signal: 'go' } } });
  return { [first]: waiting, ...Object.fromEntries(others.map((step) => [step, dataStep('1')])) };
}

function oneAfterAnother(): Record<string, string[]> {
  return Object.fromEntries(STEPS.slice(1).map((step, index) => [step, [STEPS[index] ?? '']]));
}
