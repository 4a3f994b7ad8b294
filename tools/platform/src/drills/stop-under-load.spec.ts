import { describeOnEngines, fullTests } from '@aitbc/shared-core/testing';
import type { ServiceName } from '../child-app';
import { SuccessorRoute } from '../load/route';
import { DIST } from '../testing/dist';
import { DrilledService } from './drilled-service';
import { isClean } from './stop-table';
import { stopUnderLoad } from './stop-under-load';

const ANSWERS = fullTests ? 5_000 : 300;

describeOnEngines('a process that is stopped under load', (context) => {
  let drilled: DrilledService;

  afterEach(() => drilled.stop());

  async function stop(service: ServiceName, signal: NodeJS.Signals, answers: number) {
    const databaseUrl = await context.freshUrl();
    drilled = new DrilledService({ service, dist: DIST, databaseUrl, onLine: () => undefined });
    const leaving = await drilled.start('leaving');
    const replacement = await drilled.start('replacement');
    const keys = await drilled.keys();
    const route = () => new SuccessorRoute(leaving.url, replacement.url);
    return stopUnderLoad({ service, leaving, replacement, keys, route, answers, signal });
  }

  it.each<ServiceName>(['agent-management', 'coordinator-api'])(
    'of the %s by SIGTERM fails no request and loses no write of clients that never retry',
    async (service) => {
      const report = await stop(service, 'SIGTERM', ANSWERS);
      expect(report.tally.failures).toEqual([]);
      expect(report.lostWrites).toEqual([]);
      expect(report.exitCode).toBe('0');
      expect(report.answeredByReplacement).toBeGreaterThan(0);
      expect(isClean(report)).toBe(true);
    },
    180_000,
  );

  it('by SIGKILL is seen to fail requests, and still loses no acknowledged write', async () => {
    const report = await stop('agent-management', 'SIGKILL', 100);
    expect(report.tally.failures).not.toEqual([]);
    // What was done and not answered is no loss.
    expect(report.lostWrites.filter((sentence) => !sentence.endsWith('were acknowledged'))).toEqual([]);
    expect(report.exitCode).toBe('SIGKILL');
    expect(isClean(report)).toBe(false);
  });
});
