import type { Bench, Prepared, Scenario } from '../scenario';
import { measuredByPlatform } from './platform-program';

/** From `kill -9` of a service until the one that `npm start` starts in its place is ready, on an idle platform. */
export const restart: Scenario = {
  name: 'restart',
  figures: [
    { key: 'agents', what: 'from kill -9 of agent-management to /ready 200 again', unit: 'ms', bar: { atMost: 3_000 } },
    { key: 'coordinator', what: '… of the coordinator', unit: 'ms', bar: { atMost: 3_000 } },
  ],
  prepare({ dist }: Bench): Promise<Prepared> {
    return Promise.resolve({
      measure: () => measuredByPlatform<'agents' | 'coordinator'>(dist, 'measure-restart'),
      close: () => Promise.resolve(),
    });
  },
};
