import { setTimeout as sleep } from 'node:timers/promises';
import type { Timeline } from '../drills/report/timeline';
import type { LoadOutcome } from '../load/work';
import type { RoutedServices } from '../routing/routed-services';
import { cutoverScript, type ScriptOptions } from './script';
import { startLoad } from './start-load';

export interface CutoverOptions extends ScriptOptions {
  readonly services: RoutedServices;
  readonly timeline: Timeline;
  /** Requests in a second. */
  readonly perSecond: number;
  /** Where the comparison leaves its report. */
  readonly shadowFolder: string;
}

/**
 * Clients, each a principal of its own: enough that a canary of 10 % has some on each side, and that the rate is kept while
 * answers take a fifth of a second.
 */
const CLIENTS = 48;
const WARM_UP_MS = 2_000;

/** Cuts over, back and forth under load, and looks for what was lost. */
export async function runCutover(options: CutoverOptions): Promise<LoadOutcome> {
  const { services, timeline, perSecond, shadowFolder } = options;
  await services.startShadow(shadowFolder);
  const load = await startLoad({ services, timeline }, { clients: CLIENTS, perSecond });
  try {
    await timeline.span({ name: 'the service, as it is', tolerates: 'nothing' }, async () => {
      await sleep(WARM_UP_MS);
      await services.router.route('shadow=on');
    });
    for (const phase of cutoverScript(options)) await timeline.span(phase, () => phase.run(services, timeline));
  } finally {
    await load.stop();
  }
  return load.outcome(services.urls.router);
}
