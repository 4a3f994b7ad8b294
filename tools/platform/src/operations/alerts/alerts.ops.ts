import { setTimeout as delay } from 'node:timers/promises';
import { loadKeys } from '../../cutover/load-keys';
import { MixedLoad } from '../../load/mixed-load';
import { Tally } from '../../load/tally';
import { alertNames } from './testing/deployed';
import { besideEachOther, everybodySuffers } from './testing/incidents';
import type { Alert } from './testing/prometheus';
import { Raised } from './testing/raised';
import { WatchedPlatform } from './testing/watched-platform';

/** Raised by figures that no test can cause, such as a full disk: `unmade-figures.yml` has them. */
const BY_FIGURES = ['AitbcMemoryHigh', 'AitbcStateDiskAlmostFull', 'AitbcStateDiskFilling'];
const HEALTHY_MS = 10_000;

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
  const load = new MixedLoad({ url: platform.router.url, keys, record, perSecond: 40 });
  const fired: Alert[] = [];
  const end = Date.now() + HEALTHY_MS;
  while (Date.now() < end) {
    fired.push(...(await platform.prometheus.firing()));
    await delay(250);
  }
  await load.stop();
  /*DBG*/ {
    const r = await platform.prometheus.query(
      'histogram_quantile(0.99, sum by (job, instance, route, le) (rate(aitbc_http_request_duration_seconds_bucket[10s]))) > 0.05',
    );
    console.log(r.map((x) => JSON.stringify(x)).join('\n'));
    for (const q of [
      'rate(aitbc_db_writer_wait_seconds_total[5s])',
      'avg_over_time(nodejs_eventloop_lag_p99_seconds[5s])',
    ])
      console.log(
        q,
        (await platform.prometheus.query(`max_over_time((${q})[10s:1s])`)).map((x) => JSON.stringify(x)).join('\n'),
      );
  }
  /*END*/
  expect(fired).toEqual([]);
  expect(record.failures).toEqual([]);
  expect(record.answered).toBeGreaterThan(HEALTHY_MS / 100);
});

it('each is raised by what it is about', async () => {
  await besideEachOther(platform, raised);
  await everybodySuffers(platform, raised);
}, 180_000);

it('they end with what has raised them', async () => {
  platform.outside.release();
  await platform.startAgents();
  await Promise.all([raised.isOver('AitbcServiceDown'), raised.isOver('AitbcServerErrors')]);
}, 60_000);

it.each(alertNames())('%s was raised', (name) => {
  expect([...raised.names, ...BY_FIGURES]).toContain(name);
});
