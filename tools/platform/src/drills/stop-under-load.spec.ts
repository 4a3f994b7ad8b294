import { describeOnEngines, fullTests } from '@aitbc/shared-core/testing';
import { SuccessorRoute } from '../load/route';
import { DIST } from '../testing/dist';
import { Coordinators } from './coordinators';
import { isClean } from './stop-table';
import { stopUnderLoad } from './stop-under-load';

const ANSWERS = fullTests ? 5_000 : 300;

describeOnEngines('a coordinator that is stopped under load', (context) => {
  let coordinators: Coordinators;

  afterEach(() => coordinators.stop());

  async function stop(signal: NodeJS.Signals, answers: number) {
    coordinators = new Coordinators({ dist: DIST, databaseUrl: await context.freshUrl(), onLine: () => undefined });
    const leaving = await coordinators.start('leaving');
    const replacement = await coordinators.start('replacement');
    const key = await coordinators.clientKey(leaving);
    const route = () => new SuccessorRoute(leaving.url, replacement.url);
    return stopUnderLoad({ leaving, replacement, key, route, answers, signal });
  }

  it(
    'by SIGTERM fails no request and loses no write of clients that never retry',
    async () => {
      const report = await stop('SIGTERM', ANSWERS);
      expect(report.tally.failures).toEqual([]);
      expect(report.lostWrites).toEqual([]);
      expect(report.exitCode).toBe('0');
      expect(report.answeredByReplacement).toBeGreaterThan(0);
      expect(isClean(report)).toBe(true);
    },
    fullTests ? 180_000 : 60_000,
  );

  it('by SIGKILL is seen to fail requests, and still loses no acknowledged write', async () => {
    const report = await stop('SIGKILL', 100);
    expect(report.tally.failures).not.toEqual([]);
    // What was done and not answered is no loss.
    expect(report.lostWrites.filter((sentence) => !sentence.endsWith('were acknowledged'))).toEqual([]);
    expect(report.exitCode).toBe('SIGKILL');
    expect(isClean(report)).toBe(false);
  });
});
