import { type Logger, unlessAborted } from '@aitbc/shared-core';
import { Alarm } from '../alarm';
import { TEST_EVENT } from '../test-event';
import { type AttemptOutcome, type AttemptResult, outcomeOf } from './attempt';
import type { DeliverySender } from './delivery-sender';
import type { HealthStore } from './health.store';
import type { Claim, LaneStore, OpenWebhook } from './lane.store';
import type { WebhookLoads } from './webhook-loads';

/** After this, what other processes have left is found: new deliveries, and leases that are over. */
const POLL_MS = 1_000;

export interface DispatcherOptions {
  /** Names this process in its leases. */
  readonly name: string;
  readonly now: () => number;
  readonly random: () => number;
  /** Between the attempts of a delivery (ms). */
  readonly schedule: readonly number[];
  /** How long a lane is held for one attempt (ms): longer than the attempt can take. */
  readonly leaseMs: number;
  /** Failing for longer than this (ms) turns a webhook off; 0: never. */
  readonly disableAfterMs: number;
  readonly pollMs?: number;
}

/** Told of each attempt that was kept. */
export interface AttemptWatcher {
  attempted(outcome: AttemptOutcome, tookMs: number, sinceMadeMs: number): void;
}

export interface DispatcherParts {
  readonly lanes: Pick<LaneStore, 'open' | 'claim' | 'settle' | 'handBack'>;
  readonly health: HealthStore;
  readonly sender: Pick<DeliverySender, 'send'>;
  readonly loads: WebhookLoads;
  readonly watcher: AttemptWatcher;
  readonly logger: Logger;
}

/**
 * Sends deliveries. One loop looks for webhooks whose lanes are due, shares the free places out among them, and claims; an
 * attempt then runs by itself, keeps what came of it, and wakes the loop. The loop waits for no receiver.
 */
export class Dispatcher {
  private readonly alarm = new Alarm();
  private readonly stopping = new AbortController();
  private readonly aborting = new AbortController();
  private readonly attempts = new Set<Promise<void>>();
  private loop: Promise<void> | undefined;
  private claims = 0;

  constructor(
    private readonly parts: DispatcherParts,
    private readonly options: DispatcherOptions,
  ) {}

  start(): void {
    this.loop ??= this.run(this.stopping.signal);
  }

  /** There may be something to send. */
  wake(): void {
    this.alarm.ring();
  }

  /** Takes nothing more on. Attempts that are not done within `graceMs` are broken off and left to whoever comes next. */
  async stop(graceMs: number): Promise<void> {
    this.stopping.abort();
    await this.loop;
    const timer = setTimeout(() => this.aborting.abort(new Error('the process stops')), graceMs);
    await Promise.all(this.attempts);
    clearTimeout(timer);
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const sleepMs = await this.round().catch((error: unknown) => {
        const event = 'webhook_dispatch_failed';
        this.parts.logger.error('webhook deliveries could not be taken on; it is tried again', { event, error });
        return this.pollMs;
      });
      await this.alarm.sleep(sleepMs, signal);
    }
  }

  /** Gives how long there is nothing to do, unless the alarm rings (ms). */
  private async round(): Promise<number> {
    const { lanes, loads } = this.parts;
    const open = await lanes.open();
    const now = this.options.now();
    const due = new Map(open.filter(({ nextDueAt }) => nextDueAt <= now).map((webhook) => [webhook.id, webhook]));
    const shares = loads.share([...due.keys()]);
    if (shares.length > 0) {
      this.claims += 1;
      const token = `${this.options.name}/${this.claims}`;
      for (const claim of await lanes.claim(shares, { token, now, untilMs: now + this.options.leaseMs })) {
        const webhook = due.get(claim.webhookId);
        if (webhook) this.begin(webhook, claim);
      }
    }
    return this.untilNext(open, now);
  }

  /** What is due and has no place waits for the end of an attempt, which rings; or for the end of a pause. */
  private untilNext(open: readonly OpenWebhook[], now: number): number {
    const { loads } = this.parts;
    const times = open.map(({ id, nextDueAt }) => Math.max(nextDueAt, loads.pausedUntil(id))).filter((at) => at > now);
    return Math.max(1, Math.min(this.pollMs, ...times.map((at) => at - now)));
  }

  private begin(webhook: OpenWebhook, claim: Claim): void {
    this.parts.loads.began(webhook.id);
    const attempt = this.attempt(webhook, claim).finally(() => {
      this.attempts.delete(attempt);
      this.alarm.ring();
    });
    this.attempts.add(attempt);
  }

  /** Never rejects: what could not be kept is sent again when the lease is over. */
  private async attempt(webhook: OpenWebhook, claim: Claim): Promise<void> {
    const { loads, logger, lanes } = this.parts;
    const startedAt = performance.now();
    let outcome: AttemptOutcome | undefined;
    try {
      const result = await this.send(webhook, claim);
      if (result) {
        // One instant for all that follows: the next attempt is counted from the one that is kept as the last.
        const now = this.options.now();
        const tookMs = performance.now() - startedAt;
        outcome = this.outcomeOf(result, claim, now);
        await this.keep(webhook, claim, outcome, { now, tookMs });
      } else await lanes.handBack(claim, this.options.now());
    } catch (error) {
      const what = { webhook_id: webhook.id, delivery_id: claim.delivery.id };
      logger.error('what came of a webhook delivery could not be kept; it is sent again', { ...what, error });
    } finally {
      loads.ended(webhook.id, outcome);
    }
  }

  /** `undefined` when it was broken off. */
  private async send(webhook: OpenWebhook, { delivery }: Claim): Promise<AttemptResult | undefined> {
    const { signal } = this.aborting;
    try {
      return await unlessAborted(this.parts.sender.send(webhook, delivery, signal), signal);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
  }

  private outcomeOf(result: AttemptResult, { delivery }: Claim, now: number): AttemptOutcome {
    const { random } = this.options;
    // A test tells how things are now; hours later nobody waits for its answer.
    const schedule = delivery.eventType === TEST_EVENT ? [] : this.options.schedule;
    return outcomeOf(result, delivery.attempts + 1, { schedule, now, random });
  }

  private async keep(
    webhook: OpenWebhook,
    claim: Claim,
    outcome: AttemptOutcome,
    { now, tookMs }: { readonly now: number; readonly tookMs: number },
  ): Promise<void> {
    // First, since it may turn the webhook off: once its lane is let go, the next delivery would still go out.
    await this.note(webhook, outcome, now);
    if (await this.parts.lanes.settle(claim, outcome, now)) {
      this.parts.watcher.attempted(outcome, tookMs, now - claim.delivery.createdAt);
    }
  }

  /** Keeps how the webhook fares, where that has changed. */
  private async note(webhook: OpenWebhook, outcome: AttemptOutcome, now: number): Promise<void> {
    const { health, loads } = this.parts;
    if (outcome.status === 'succeeded') {
      if (webhook.failingSince !== null || loads.isFailing(webhook.id)) await health.succeeded(webhook.id);
      return;
    }
    const since = await health.failed(webhook.id, now);
    const { disableAfterMs } = this.options;
    const tooLong = disableAfterMs > 0 && now - since >= disableAfterMs;
    if (outcome.gone) await this.disable(webhook.id, 'gone', now);
    else if (tooLong) await this.disable(webhook.id, 'failing', now);
  }

  private async disable(webhookId: string, reason: 'gone' | 'failing', now: number): Promise<void> {
    if (!(await this.parts.health.disable(webhookId, reason, now))) return;
    const event = 'webhook_disabled';
    this.parts.logger.warn('a webhook was turned off', { event, webhook_id: webhookId, reason });
  }

  private get pollMs(): number {
    return this.options.pollMs ?? POLL_MS;
  }
}
