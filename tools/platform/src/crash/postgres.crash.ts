import { setTimeout as delay } from 'node:timers/promises';
import { type CrashablePostgres, fullTests, startCrashablePostgres } from '@aitbc/shared-core/testing';
import { CrashRun, LEASE_MS } from './crash-run';
import { INSTANTS, someTimes, WITHIN_MS } from './kill-plan';
import { violationsOf } from './rules';
import { summaryOf } from './summary';
import type { Victim } from './victim';

const WORKERS = 3;
const FREEZES = fullTests ? 10 : 2;
const RESTARTS = fullTests ? 10 : 2;
/** What only a process that answers requests reaches. */
const OF_THE_API = 'before_announcing';

let postgres: CrashablePostgres;
let run: CrashRun;
beforeAll(async () => {
  postgres = await startCrashablePostgres();
  run = await CrashRun.open(await postgres.createDatabase());
});
afterAll(async () => {
  await run.close();
  await postgres.stop();
});

async function startAll(): Promise<{ coordinator: Victim; api: Victim; workers: Victim[] }> {
  const coordinator = await run.process('coordinator-api', 'all');
  const api = await run.process('agent-management', 'api');
  const workers: Victim[] = [];
  while (workers.length < WORKERS) workers.push(await run.process('agent-management', 'worker'));
  await run.begin();
  return { coordinator, api, workers };
}

/** The worker whose turn it is. */
function turn<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('nobody has a turn');
  return item;
}

async function dieAtEachPoint(api: Victim, workers: readonly Victim[]): Promise<void> {
  for (const [index, point] of (await run.debugPoints()).entries()) {
    const victim = point === OF_THE_API ? api : turn(workers, index);
    await victim.kill();
    await victim.dieAt(point, someTimes());
    await victim.start();
  }
}

it('keeps every promise on PostgreSQL though workers, API, coordinator and server are killed again and again', async () => {
  const { coordinator, api, workers } = await startAll();
  await dieAtEachPoint(api, workers);
  const victims = [...workers, api, coordinator];
  for (let kill = 0; kill < INSTANTS; kill += 1) {
    await delay(Math.random() * WITHIN_MS);
    await turn(victims, kill).kill();
    await turn(victims, kill).start();
  }
  for (let freeze = 0; freeze < FREEZES; freeze += 1) {
    await turn(workers, freeze).freeze(LEASE_MS + 1_500);
    await delay(Math.random() * WITHIN_MS);
  }
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    await delay(Math.random() * WITHIN_MS);
    await run.databaseFault(() => postgres.restart());
  }
  const record = await run.finish();
  process.stdout.write(`${summaryOf(record)}\n`);
  expect(violationsOf(record)).toEqual([]);
  expect(record.events.filter(({ type }) => type === 'step.restarted').length).toBeGreaterThan(0);
});
