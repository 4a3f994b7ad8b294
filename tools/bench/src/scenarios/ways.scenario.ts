import type { Bench, Prepared, Scenario } from '../scenario';
import { measuredByPlatform } from './platform-program';

type Measured = 'change' | 'rollback' | 'wayA' | 'wayB';

/**
 * The router under 200 reads a second: how soon a change of the way is over, and what the way through the coordinator
 * costs. It needs nginx, and the history, of which the release is built.
 */
export const ways: Scenario = {
  name: 'ways',
  figures: [
    { key: 'change', what: 'from the command to the last answer by the release', unit: 'ms', bar: { atMost: 1_000 } },
    { key: 'rollback', what: '… back: to the last answer by the service', unit: 'ms', bar: { atMost: 1_000 } },
    { key: 'a', what: 'GET of an agent by nginx, 200 a second, median', unit: 'ms' },
    { key: 'b', what: '… by nginx and the coordinator', unit: 'ms' },
    { key: 'b-over-a', what: '… the difference', unit: 'ms', bar: { atMost: 2 } },
  ],
  prepare({ dist, scale }: Bench): Promise<Prepared> {
    const seconds = String(scale.durationMs / 1_000);
    return Promise.resolve({
      async measure() {
        const measured = await measuredByPlatform<Measured>(dist, 'measure-ways', '--seconds', seconds);
        const { change, rollback, wayA, wayB } = measured;
        return { change, rollback, a: wayA, b: wayB, 'b-over-a': wayB - wayA };
      },
      close: () => Promise.resolve(),
    });
  },
};
