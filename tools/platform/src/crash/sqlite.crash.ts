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

it('keeps every promise on SQLite though its only process is killed again and again', async () => {
  const only = await run.process('all');
  await run.begin(only);
  await only.kill();
  for (const point of await run.debugPoints()) await only.dieAt(point, someTimes());
  await only.start();
  for (let kill = 0; kill < INSTANTS; kill += 1) {
    await delay(Math.random() * WITHIN_MS);
    await only.kill();
    await only.start();
  }
  const record = await run.finish();
  process.stdout.write(`${summaryOf(record)}\n`);
  expect(violationsOf(record)).toEqual([]);
  expect(record.events.filter(({ type }) => type === 'step.restarted').length).toBeGreaterThan(0);
});
