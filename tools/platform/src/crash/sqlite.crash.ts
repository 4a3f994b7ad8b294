import { setTimeout as delay } from 'node:timers/promises';
import { CrashRun } from './crash-run';
import { INSTANTS, someTimes, WITHIN_MS } from './kill-plan';
import { violationsOf } from './rules';
import { summaryOf } from './summary';

let run: CrashRun;
beforeAll(async () => {
  run = await CrashRun.open();
});
afterAll(() => run.close());

it('keeps every promise on SQLite though the one process of each service is killed again and again', async () => {
  const coordinator = await run.process('coordinator-api', 'all');
  const agents = await run.process('agent-management', 'all');
  await run.begin();
  await agents.kill();
  for (const point of await run.debugPoints()) await agents.dieAt(point, someTimes());
  await agents.start();
  for (let kill = 0; kill < INSTANTS; kill += 1) {
    const victim = kill % 2 === 0 ? agents : coordinator;
    await delay(Math.random() * WITHIN_MS);
    await victim.kill();
    await victim.start();
  }
  const record = await run.finish();
  process.stdout.write(`${summaryOf(record)}\n`);
  expect(violationsOf(record)).toEqual([]);
  expect(record.events.filter(({ type }) => type === 'step.restarted').length).toBeGreaterThan(0);
});
