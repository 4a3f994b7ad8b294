import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Prepared, Scenario } from '../scenario';
import { startAgentManagement, startPlatform } from '../service/platform';
import { residentMiB } from '../service/metrics';

/** From the start of agent-management to its first answer, as a supervisor sees it. */
export const start: Scenario = {
  name: 'start',
  figures: [
    { key: 'new', what: 'start with an empty database, migrations included', unit: 'ms', bar: { atMost: 1_500 } },
    { key: 'again', what: 'start with its own database', unit: 'ms', bar: { atMost: 1_500 } },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    return {
      async measure() {
        const startOnce = async () => {
          const service = await startAgentManagement(bench);
          await service.stop();
          return service.startedInMs;
        };
        return { new: await startOnce(), again: await startOnce() };
      },
      close: async () => undefined,
    };
  },
};

/** Time in which what a start leaves behind has been collected. */
const SETTLE_MS = 3_000;

/** Memory of an agent-management that has started and done nothing since, by its own account. */
export const idleMemory: Scenario = {
  name: 'idle-memory',
  figures: [{ key: 'rss', what: 'resident memory of the idle agent-management', unit: 'MiB', bar: { atMost: 150 } }],
  async prepare(bench: Bench): Promise<Prepared> {
    const platform = await startPlatform(bench);
    return {
      async measure() {
        await sleep(Math.min(SETTLE_MS, bench.scale.durationMs));
        return { rss: await residentMiB(platform) };
      },
      close: () => platform.close(),
    };
  },
};
