import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DrillStage, runRoutedDrill } from './cutover/routed-drill';
import { startLoad } from './cutover/start-load';
import { loadVerdicts, servedVerdict } from './cutover/verdicts';
import { runDrill } from './drills/run-drill';
import type { DrillOutcome } from './drills/watched-drill';
import { PARITY_SUITE } from './parity/frozen-suite';
import { SERVICE } from './routing/routed-services';
import { judge } from './suites/judge';
import { SUITE_VARIABLES } from './suites/suite-services';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');
const RELEASE = 'monolith';
const CLIENTS = 16;
/** Beside the suite, which has the machine for itself otherwise. */
const PER_SECOND = 40;
const STAY_MS = 3_000;

/**
 * `npm run drill:rollback`: agent-management is stopped for good under load, and the suite judges the release that serves
 * instead; then forward again. True when the release passed and nothing was lost.
 */
async function rollback({ services, timeline }: DrillStage): Promise<DrillOutcome> {
  const url = services.urls.router;
  const load = await startLoad({ services, timeline }, { clients: CLIENTS, perSecond: PER_SECOND });
  const phase = <T>(name: string, work: () => Promise<T>) => timeline.span({ name, tolerates: 'nothing' }, work);
  let suiteCode: number;
  try {
    await phase('the service, as it is', () => sleep(STAY_MS));
    await phase('rollback', async () => {
      await services.router.route(`agents=${RELEASE}`);
      timeline.event(`agents=${RELEASE}`);
      await services.stopAgents();
      timeline.event(`${SERVICE} has ended`);
    });
    const target = { BASE_URL: url, COORDINATOR_URL: url, ADMIN_KEY: services.adminKey };
    suiteCode = await phase('the suite on the release', () => judge(ROOT, PARITY_SUITE, [], target));
    await phase('forward again', async () => {
      await services.startAgents();
      await services.router.route('agents=service');
      timeline.event('agents=service');
      await sleep(STAY_MS);
    });
  } finally {
    await load.stop();
  }
  const outcome = await load.outcome(url);
  const suite = {
    what: `${PARITY_SUITE} on the release, through the router`,
    wanted: 'passes',
    seen: suiteCode === 0 ? 'passed' : `failed (${suiteCode})`,
    kept: suiteCode === 0,
  };
  const served = servedVerdict(timeline.total(), [SERVICE, RELEASE]);
  return { verdicts: [suite, ...loadVerdicts(timeline, outcome, PER_SECOND / 2), served], load: outcome };
}

runDrill((_args, progress, signal) => {
  const options = { clients: CLIENTS, requestsPerSecond: PER_SECOND };
  const drill = { root: ROOT, name: 'rollback', release: RELEASE, options, variables: SUITE_VARIABLES, run: rollback };
  return runRoutedDrill(drill, progress, signal);
});
