import { setTimeout as sleep } from 'node:timers/promises';
import type { Phase } from '../drills/report/phase';
import type { Timeline } from '../drills/report/timeline';
import { type RoutedServices, SERVICE } from '../routing/routed-services';

/** One thing that happens to the platform under load. */
export interface ScriptedPhase extends Phase {
  readonly run: (services: RoutedServices, timeline: Timeline) => Promise<void>;
}

export interface ScriptOptions {
  /** Changes from the release to the service or back. */
  readonly flips: number;
  /** How long each state lasts (ms). */
  readonly stayMs: number;
  /** What can be returned to. */
  readonly release: string;
}

/**
 * The cut-over, and all that may happen on the day: nothing of it may be noticed, except that a write may fail when its server
 * is killed.
 */
export function cutoverScript({ flips, stayMs, release }: ScriptOptions): ScriptedPhase[] {
  const route = (name: string, ...changes: string[]): ScriptedPhase => ({
    name,
    tolerates: 'nothing',
    run: async ({ router }, timeline) => {
      await router.route(...changes);
      timeline.event(changes.join(' '));
      await sleep(stayMs);
    },
  });
  const back = `agents=${release}`;
  const forward = 'agents=service';
  return [
    route('all on the release', back),
    {
      name: `${flips} flips`,
      tolerates: 'nothing',
      run: async ({ router }, timeline) => {
        for (let flip = 1; flip <= flips; flip += 1) {
          const change = flip % 2 === 1 ? forward : back;
          await router.route(change);
          timeline.event(change);
          await sleep(stayMs / 2);
        }
      },
    },
    route('back on the release', back),
    ...[10, 50, 100].map((percent) => route(`canary ${percent} %`, `agents=canary:${percent}@${release}`)),
    route('all on the service', forward),
    route('through the coordinator', 'agents=proxy'),
    {
      name: 'the comparison ends',
      tolerates: 'nothing',
      run: async (services, timeline) => {
        await services.router.route(forward, 'shadow=off');
        timeline.event('shadow=off');
        // What waits to be compared while one side is away would differ for that reason.
        await services.stopShadow();
      },
    },
    replaced('SIGTERM restart', 'SIGTERM', 'nothing', stayMs),
    route('rollback', back),
    route('forward again', forward),
    replaced('kill -9', 'SIGKILL', 'unacknowledged writes', stayMs),
    route('after it', forward),
  ];
}

function replaced(
  name: string,
  signal: 'SIGTERM' | 'SIGKILL',
  tolerates: Phase['tolerates'],
  stayMs: number,
): ScriptedPhase {
  return {
    name: `${name} of ${SERVICE}`,
    tolerates,
    run: async (services, timeline) => {
      timeline.event(signal);
      await services.replaceAgents(signal);
      timeline.event('ready again');
      await sleep(stayMs);
    },
  };
}
