import { type AttemptResult, outcomeOf } from './attempt';

const NOW = 1_000_000;
const SCHEDULE = [5_000, 300_000];

function of(result: AttemptResult, attempt = 1, random = 0) {
  return outcomeOf(result, attempt, { schedule: SCHEDULE, now: NOW, random: () => random });
}
const answered = (status: number, retryAfterMs?: number) => ({ status, retryAfterMs });

describe('what follows from an attempt', () => {
  it.each([200, 201, 204, 299])('%d is success', (status) => {
    expect(of(answered(status))).toMatchObject({ status: 'succeeded', statusCode: status, error: null, gone: false });
  });

  it.each([199, 300, 301, 307, 400, 404, 429, 500, 503])('%d is a failure that is tried again', (status) => {
    const outcome = of(answered(status));
    expect(outcome).toMatchObject({ status: 'retrying', error: `answered ${status}`, nextAttemptAt: NOW + 5_000 });
  });

  it('no answer is a failure whose reason is kept', () => {
    expect(of({ error: 'no answer within 15000 ms' })).toMatchObject({
      ...{ status: 'retrying', statusCode: null, error: 'no answer within 15000 ms' },
    });
  });

  it('410 ends it at once', () => {
    expect(of(answered(410, 60_000))).toMatchObject({ status: 'dead', gone: true, nextAttemptAt: null });
  });

  it('the last attempt of the schedule is the last one', () => {
    expect(of(answered(500), 2)).toMatchObject({ status: 'retrying', nextAttemptAt: NOW + 300_000 });
    expect(of(answered(500), 3)).toMatchObject({ status: 'dead', nextAttemptAt: null, gone: false });
  });

  it('the next attempt comes by chance up to a fifth later, and never earlier', () => {
    expect(of(answered(500), 1, 0.5).nextAttemptAt).toBe(NOW + 5_500);
    expect(of(answered(500), 1, 0.999_999).nextAttemptAt).toBeLessThanOrEqual(NOW + 6_000);
  });

  it('Retry-After is kept to where it is later than the schedule, for a day at most', () => {
    expect(of(answered(500, 60_000)).nextAttemptAt).toBe(NOW + 60_000);
    expect(of(answered(500, 1_000)).nextAttemptAt).toBe(NOW + 5_000);
    expect(of(answered(500, 1e12)).nextAttemptAt).toBe(NOW + 86_400_000);
  });

  it('429 and 503 with Retry-After ask for rest altogether, others only for this message', () => {
    expect(of(answered(429, 60_000)).pausedUntil).toBe(NOW + 60_000);
    expect(of(answered(503, 60_000), 3)).toMatchObject({ status: 'dead', pausedUntil: NOW + 60_000 });
    expect(of(answered(429)).pausedUntil).toBeNull();
    expect(of(answered(500, 60_000)).pausedUntil).toBeNull();
  });
});
