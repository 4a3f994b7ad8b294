import { type Logger, newId } from '@aitbc/shared-core';
import { Alarm } from '../alarm';
import { cloudEventOf, type EventFeed, type FeedEvent } from '../../executions';
import { matchesEventType } from '../event-patterns';
import type { FanOutStore, NewDelivery, Subscription } from './fan-out.store';

/** Events of one look, and the deliveries at which it is cut: some milliseconds of the writer. */
const EVENTS_AT_ONCE = 500;
const DELIVERIES_AT_ONCE = 500;
/** After this a webhook that another process has made is noticed. */
const POLL_MS = 1_000;

export interface FanOutOptions {
  /** `source` of the CloudEvents. */
  readonly source: () => string;
  readonly now: () => number;
  /** Called when deliveries were stored. */
  readonly onDeliveries: () => void;
  readonly pollMs?: number;
}

/**
 * Makes deliveries of events: follows the feed from a place that is kept in the database, and stores what each webhook
 * shall get together with the next place. So each event becomes one delivery for each webhook that wants it, whatever dies
 * in between, and any number of processes may do it at once. It reads the feed only while there are active webhooks.
 */
export class FanOut {
  private readonly alarm = new Alarm();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private stopListening: (() => void) | undefined;

  constructor(
    private readonly feed: EventFeed,
    private readonly store: Pick<FanOutStore, 'place' | 'subscriptions' | 'advance'>,
    private readonly logger: Logger,
    private readonly options: FanOutOptions,
  ) {}

  start(): void {
    this.running ??= this.run(this.stopping.signal);
  }

  /** A webhook has become active here: look at once. */
  wake(): void {
    this.alarm.ring();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.listen(false);
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const goesOn = await this.round().catch((error: unknown) => {
        const event = 'webhook_fan_out_failed';
        this.logger.error('events could not be made webhook deliveries; it is tried again', { event, error });
        return false;
      });
      if (!goesOn) await this.alarm.sleep(this.options.pollMs ?? POLL_MS, signal);
    }
  }

  /** Whether there may be more to do at once. */
  private async round(): Promise<boolean> {
    const { position, wanted } = await this.store.place();
    this.listen(wanted);
    if (!wanted || position === null) return false;
    const page = await this.feed.read(position, EVENTS_AT_ONCE);
    if (page.next === null || page.next === position) return page.more;
    // After the events: a webhook that was made before an event happened is there when the event is read.
    const subscriptions = await this.store.subscriptions([...new Set(page.events.map(({ ownerId }) => ownerId))]);
    const { deliveries, next } = this.cut(page.events, subscriptions);
    const moved = await this.store.advance(position, next ?? page.next, deliveries, this.options.now());
    if (moved && deliveries.length > 0) this.options.onDeliveries();
    // Not moved: another process was faster, and what comes next is to be seen from where it stands.
    return page.more || next !== undefined || !moved;
  }

  /** The deliveries of as many events as one unit may store; `next` when these are not all. */
  private cut(events: readonly FeedEvent[], subscriptions: readonly Subscription[]) {
    const deliveries: NewDelivery[] = [];
    for (const [index, event] of events.entries()) {
      deliveries.push(...this.deliveriesOf(event, subscriptions));
      if (deliveries.length >= DELIVERIES_AT_ONCE && index < events.length - 1) {
        return { deliveries, next: event.position };
      }
    }
    return { deliveries, next: undefined };
  }

  private deliveriesOf(event: FeedEvent, subscriptions: readonly Subscription[]): NewDelivery[] {
    const wanting = subscriptions.filter((subscription) => wants(subscription, event));
    if (wanting.length === 0) return [];
    const payload = JSON.stringify(cloudEventOf(event, this.options.source()));
    const { executionId: lane, seq, type: eventType } = event;
    return wanting.map(({ webhookId }) => ({ id: newId('whd'), webhookId, lane, seq, eventType, payload }));
  }

  private listen(wanted: boolean): void {
    if (wanted) this.stopListening ??= this.feed.onNews(() => this.alarm.ring());
    else {
      this.stopListening?.();
      this.stopListening = undefined;
    }
  }
}

function wants({ ownerId, workflowId, eventTypes }: Subscription, event: FeedEvent): boolean {
  return (
    ownerId === event.ownerId &&
    (workflowId === null || workflowId === event.workflowId) &&
    matchesEventType(eventTypes, event.type)
  );
}
