import { Job } from '@aitbc/coordinator-domain';
import type { Database } from '@aitbc/shared-core';

/** How many of the newest jobs of a kind are looked at; completed ones among them count. */
const SAMPLE = 50;

/** How long jobs have taken, from the time they were asked for to the time they were completed. */
export class JobDurations {
  constructor(private readonly db: Database) {}

  /** Mean in milliseconds; `undefined` when none of the newest jobs of this kind is completed. */
  async mean(serviceType: string): Promise<number | undefined> {
    const newest = await this.db.read((manager) =>
      manager.find(Job, {
        select: { id: true, state: true, requestedAt: true, finishedAt: true },
        where: { serviceType },
        order: { id: 'DESC' },
        take: SAMPLE,
      }),
    );
    const durations = newest.flatMap(({ state, requestedAt, finishedAt }) =>
      state === 'COMPLETED' && finishedAt !== null ? [finishedAt - requestedAt] : [],
    );
    if (durations.length === 0) return undefined;
    return Math.round(durations.reduce((sum, duration) => sum + duration, 0) / durations.length);
  }
}
