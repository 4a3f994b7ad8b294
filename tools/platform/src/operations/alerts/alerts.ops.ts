import { setTimeout as delay } from 'node:timers/promises';
import { loadKeys } from '../../cutover/load-keys';
import { MixedLoad } from '../../load/mixed-load';
import { Tally } from '../../load/tally';
import { alertNames, BY_FIGURES, dashboardQueries } from './testing/deployed';
import { besideEachOther, everybodySuffers } from './testing/incidents';
import type { Alert } from './testing/prometheus';
import { Raised } from './testing/raised';
import { WatchedPlatform } from './testing/watched-platform';

const HEALTHY_MS = 10_000;
/** What nothing here brings about: what is tried again, streams that nobody reads, what cannot be compared, and a disk. */
const NOT_SEEN = /aitbc_(?:step_retries|event_streams_dropped|shadow_skipped)_total|node_filesystem/;

let platform: WatchedPlatform;
let raised: Raised;

beforeAll(async () => {
  platform = await WatchedPlatform.start();
  raised = new Raised(platform.prometheus);
}, 120_000);
afterAll(() => platform.stop(), 60_000);

it('none is raised while the platform is well, under load', async () => {
  const keys = await loadKeys(platform.callers.admin, 8);
  const record = new Tally();
  const load = new MixedLoad({ url: platform.router.url, keys, record, perSecond: 30 });
  const fired: Alert[] = [];
  const end = Date.now() + HEALTHY_MS;
  while (Date.now() < end) {
    fired.push(...(await platform.prometheus.firing()));
    await delay(250);
  }
  await load.stop();
  expect(fired).toEqual([]);
  expect(record.failures).toEqual([]);
  expect(record.answered).toBeGreaterThan(HEALTHY_MS / 100);
});

it('each is raised by what it is about', async () => {
  await besideEachOther(platform, raised);
  await everybodySuffers(platform, raised);
}, 300_000);

it('they end with what has raised them', async () => {
  platform.outside.release();
  await platform.startAgents();
  await Promise.all([raised.isOver('AitbcServiceDown'), raised.isOver('AitbcServerErrors')]);
}, 60_000);

it.each(alertNames())('%s was raised', (name) => {
  expect([...raised.names, ...BY_FIGURES]).toContain(name);
});

it('the dashboard has something to show of it all', async () => {
  const empty: string[] = [];
  for (const { title, expression } of dashboardQueries()) {
    const found = await platform.prometheus.query(expression);
    if (found.length === 0 && !NOT_SEEN.test(expression)) empty.push(`${title}: ${expression}`);
  }
  expect(empty).toEqual([]);
});
