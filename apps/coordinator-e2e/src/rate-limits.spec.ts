import { setTimeout as delay } from 'node:timers/promises';
import type { Response } from 'supertest';
import { actor, type Actor } from './testing/actors';
import { documentedOperations } from './testing/documented';
import { isJudged } from './testing/judged';
import { LIST } from './testing/paths';
import { probe } from './testing/probe';
import { expectProblem } from './testing/problem';
import { waive } from './testing/record';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
/** Beyond this many requests in a window, exceeding the limit would be a load test. */
const MOST = 1_000;
const ROUNDS = 20;

interface Quota {
  readonly limit: number;
  readonly seconds: number;
}

/** What `RateLimit-Policy: "key"; q=100; w=1` says; `undefined` where nothing is limited. */
function quotaOf({ headers }: Response): Quota | undefined {
  const [, limit, seconds] = /^"[^"]+";.*\bq=(\d+);.*\bw=(\d+)/.exec(String(headers['ratelimit-policy'])) ?? [];
  return limit === undefined ? undefined : { limit: Number(limit), seconds: Number(seconds) };
}

const remainingOf = ({ headers }: Response): number => Number(/\br=(\d+)/.exec(String(headers['ratelimit']))?.[1]);

/** The quota if it can be exceeded here; else says why it is not. */
async function quotaToExceed({ http }: Actor): Promise<Quota | undefined> {
  const quota = quotaOf(await http.get(LIST));
  if (quota && quota.limit <= MOST) return quota;
  waive(429, quota ? `the service allows ${quota.limit} requests in ${quota.seconds} s` : 'the service has no limit');
  return undefined;
}

/** As many requests at once as are allowed in a window. */
function exhaust({ http }: Actor, { limit }: Quota): Promise<Response[]> {
  return Promise.all(Array.from({ length: limit }, () => http.call('get', LIST, { patient: false })));
}

describe('the rate limit of a key', () => {
  it('is told, with what is left of it', async () => {
    const alice = await actor('client');
    const [first, second] = [await alice.http.get(LIST), await alice.http.get(LIST)];
    const quota = quotaOf(first);
    if (!quota) return waive(429, 'the service has no limit');
    for (const response of [first, second]) {
      expect(quotaOf(response)).toEqual(quota);
      expect(remainingOf(response)).toBeLessThan(quota.limit);
      expect(remainingOf(response)).toBeGreaterThanOrEqual(0);
    }
  });

  it('refuses what exceeds it, until the time that it names, and nobody else', async () => {
    const [alice, bob] = [await actor('client'), await actor('client')];
    const quota = await quotaToExceed(alice);
    if (!quota) return;
    let refused: Response | undefined;
    for (let round = 0; round < ROUNDS && !refused; round += 1) {
      refused = (await exhaust(alice, quota)).find(({ status }) => status === 429);
    }
    if (!refused) throw new Error(`${ROUNDS} times ${quota.limit} requests at once were all answered`);
    expectProblem(refused);
    expect(remainingOf(refused)).toBe(0);
    await bob.http.call('get', LIST, { status: 200 });
    await delay(Number(refused.headers['retry-after']) * 1_000);
    await alice.http.call('get', LIST, { status: 200 });
  });

  it('holds on every documented route: 429', async () => {
    const alice = await actor('client');
    const quota = await quotaToExceed(alice);
    if (!quota) return;
    let left = (await documentedOperations(isJudged)).filter(({ statuses }) => statuses.includes(429));
    // Requests that come after the window has ended are answered: those are sent once more, behind another burst.
    for (let round = 0; round < ROUNDS && left.length > 0; round += 1) {
      await exhaust(alice, quota);
      const answers = await Promise.all(left.map((operation) => probe(alice.http, operation, { patient: false })));
      for (const response of answers.filter(({ status }) => status === 429)) expectProblem(response);
      left = left.filter((_operation, index) => answers[index]?.status !== 429);
    }
    expect(left.map(({ method, template }) => `${method} ${template}`)).toEqual([]);
  });
});
// jscpd:ignore-end
