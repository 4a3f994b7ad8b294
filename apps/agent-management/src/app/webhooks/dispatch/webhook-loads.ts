import type { AttemptOutcome } from './attempt';

/** After so many failures on end a webhook gets one attempt at a time, until one succeeds. */
const FAILURES_TO_SLOW_DOWN = 5;

interface Load {
  running: number;
  /** On end. */
  failures: number;
  pausedUntil: number;
}

/**
 * How many attempts each webhook has under way in this process, and how many it may have. The bound of each keeps a slow
 * one from taking all; that of a failing one is 1, so that many that hang until their time is up do not, together, either.
 */
export class WebhookLoads {
  private readonly loads = new Map<string, Load>();
  private total = 0;

  constructor(
    private readonly limits: { readonly total: number; readonly perWebhook: number },
    private readonly now: () => number,
  ) {}

  get running(): number {
    return this.total;
  }

  /** How many more attempts this one may have. */
  room(webhookId: string): number {
    const load = this.loads.get(webhookId);
    if (!load) return this.limits.perWebhook;
    if (load.pausedUntil > this.now()) return 0;
    const most = load.failures >= FAILURES_TO_SLOW_DOWN ? 1 : this.limits.perWebhook;
    return Math.max(0, most - load.running);
  }

  /** Until when it wants no attempts (ms); 0 when it says nothing. */
  pausedUntil(webhookId: string): number {
    return this.loads.get(webhookId)?.pausedUntil ?? 0;
  }

  /**
   * Shares the free places out: one to each webhook, then the next one to each, so that none waits for another's backlog;
   * those first that have the fewest attempts under way.
   * @param waiting in any order
   */
  share(waiting: readonly string[]): { readonly webhookId: string; readonly lanes: number }[] {
    let free = this.limits.total - this.total;
    const shares = waiting
      .toSorted((a, b) => this.runningOf(a) - this.runningOf(b))
      .map((webhookId) => ({ webhookId, room: this.room(webhookId), lanes: 0 }));
    for (let round = 0; round < this.limits.perWebhook && free > 0; round += 1) {
      for (const share of shares) {
        if (free === 0) break;
        if (share.lanes === share.room) continue;
        share.lanes += 1;
        free -= 1;
      }
    }
    return shares.filter(({ lanes }) => lanes > 0).map(({ webhookId, lanes }) => ({ webhookId, lanes }));
  }

  began(webhookId: string): void {
    const load = this.loads.get(webhookId) ?? { running: 0, failures: 0, pausedUntil: 0 };
    this.loads.set(webhookId, load);
    load.running += 1;
    this.total += 1;
  }

  /** @param outcome undefined when the attempt was broken off. */
  ended(webhookId: string, outcome: AttemptOutcome | undefined): void {
    const load = this.loads.get(webhookId);
    if (!load) return;
    load.running -= 1;
    this.total -= 1;
    if (outcome) load.failures = outcome.status === 'succeeded' ? 0 : load.failures + 1;
    load.pausedUntil = Math.max(load.pausedUntil, outcome?.pausedUntil ?? 0);
    // What has nothing to tell is forgotten: there may be any number of webhooks.
    if (load.running === 0 && load.failures === 0 && load.pausedUntil <= this.now()) this.loads.delete(webhookId);
  }

  /** Whether its last attempt in this process failed. */
  isFailing(webhookId: string): boolean {
    return (this.loads.get(webhookId)?.failures ?? 0) > 0;
  }

  private runningOf(webhookId: string): number {
    return this.loads.get(webhookId)?.running ?? 0;
  }
}
