import type { AttemptOutcome } from './attempt';
import { WebhookLoads } from './webhook-loads';

const OUTCOME: AttemptOutcome = {
  ...{ status: 'succeeded', statusCode: 204, error: null },
  ...{ nextAttemptAt: null, gone: false, pausedUntil: null },
};

describe('the places of webhooks', () => {
  let now: number;
  let loads: WebhookLoads;
  beforeEach(() => {
    now = 1_000;
    loads = new WebhookLoads({ total: 10, perWebhook: 4 }, () => now);
  });

  const begin = (webhookId: string, count: number): void => {
    for (let each = 0; each < count; each += 1) loads.began(webhookId);
  };
  const end = (webhookId: string, count: number, changes: Partial<AttemptOutcome> = {}): void => {
    for (let each = 0; each < count; each += 1) loads.ended(webhookId, { ...OUTCOME, ...changes });
  };
  const shares = (...ids: string[]) => Object.fromEntries(loads.share(ids).map((each) => [each.webhookId, each.lanes]));

  it('are as many for each as it may have, while there are enough', () => {
    expect(shares('a', 'b')).toEqual({ a: 4, b: 4 });
    begin('a', 3);
    expect(shares('a', 'b')).toEqual({ a: 1, b: 4 });
  });

  it('are shared out evenly where there are not', () => {
    expect(shares('a', 'b', 'c', 'd')).toEqual({ a: 3, b: 3, c: 2, d: 2 });
    begin('a', 4);
    begin('b', 4);
    expect(shares('a', 'b', 'c', 'd', 'e')).toEqual({ c: 1, d: 1 });
    begin('c', 2);
    expect(shares('d')).toEqual({});
    end('a', 1);
    expect(shares('d')).toEqual({ d: 1 });
  });

  it('go first to those that have the fewest', () => {
    begin('a', 3);
    begin('b', 3);
    begin('c', 3);
    expect(shares('a', 'b', 'c', 'd')).toEqual({ d: 1 });
  });

  it('are one for a webhook that fails again and again, until it succeeds', () => {
    begin('a', 5);
    end('a', 4, { status: 'retrying' });
    expect([loads.room('a'), loads.isFailing('a')]).toEqual([3, true]);
    end('a', 1, { status: 'dead' });
    expect(loads.room('a')).toBe(1);
    begin('a', 1);
    expect(loads.room('a')).toBe(0);
    end('a', 1);
    expect([loads.room('a'), loads.isFailing('a'), loads.running]).toEqual([4, false, 0]);
  });

  it('are none while the receiver wants to rest', () => {
    begin('a', 1);
    end('a', 1, { status: 'retrying', pausedUntil: 2_000 });
    expect([loads.room('a'), loads.pausedUntil('a')]).toEqual([0, 2_000]);
    now = 2_000;
    expect(loads.room('a')).toBe(4);
  });

  it('come back when an attempt is broken off', () => {
    begin('a', 4);
    loads.ended('a', undefined);
    expect([loads.room('a'), loads.isFailing('a')]).toEqual([1, false]);
  });
});
