import { LocalWakeUps, type WakeUp, type WakeUps } from '@aitbc/execution-engine';
import type { Channel, ChannelListener, Logger } from '@aitbc/shared-core';

/** The shortest time between two sends: under load one carries what hundreds of executions have to tell. */
const GAP_MS = 10;
/** Bytes that PostgreSQL carries in one notification, with a reserve. */
const LONGEST_TEXT = 7_900;

/**
 * Wake-ups within this process, and to and from the other processes of its database. What others do not get (a broken
 * connection, say) they find at their next look, so nothing is kept for later.
 */
export class SharedWakeUps implements WakeUps {
  private readonly local = new LocalWakeUps();
  private readonly channel: Channel;
  private outbox = new Set<string>();
  private sending: Promise<void> | undefined;
  private failed = false;
  private closed = false;

  constructor(
    openChannel: (listener: ChannelListener) => Channel,
    private readonly logger: Logger,
  ) {
    this.channel = openChannel({
      onText: (text) => this.hear(text),
      // What was sent while nobody heard it here may have been about due work.
      onConnected: () => this.local.notify({ kind: 'due' }),
    });
  }

  notify(hint: WakeUp): void {
    this.local.notify(hint);
    for (const text of textsOf(hint)) this.outbox.add(text);
    if (!this.closed) this.sending ??= this.sendAll().finally(() => (this.sending = undefined));
  }

  subscribe(listener: (hint: WakeUp) => void): () => void {
    return this.local.subscribe(listener);
  }

  /** Sends what is left, and hears no more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.sending;
    await this.channel.close();
  }

  /** The first at once, whatever comes meanwhile after a gap. */
  private async sendAll(): Promise<void> {
    while (this.outbox.size > 0) {
      const texts = [...this.outbox];
      this.outbox = new Set();
      await this.send(texts);
      if (!this.closed) await new Promise((resolve) => setTimeout(resolve, GAP_MS));
    }
  }

  private async send(texts: readonly string[]): Promise<void> {
    try {
      await this.channel.send(texts);
      this.failed = false;
    } catch (error) {
      // Once for each outage: every execution would have something to send.
      if (!this.failed) this.logger.warn('other processes could not be woken; they look by themselves', { error });
      this.failed = true;
    }
  }

  private hear(text: string): void {
    const hint = wakeUpOf(text);
    if (hint) this.local.notify(hint);
  }
}

/** What a wake-up is in writing; in several pieces where one would be too long. */
export function textsOf(hint: WakeUp): string[] {
  const text = JSON.stringify(hint);
  if (hint.kind !== 'signalled' || Buffer.byteLength(text) <= LONGEST_TEXT) return [text];
  const { executionIds, refs } = hint;
  if (executionIds.length <= 1 && refs.length <= 1) return [];
  // The longer list, so that few pieces come of it: each carries some executions with some of what was signalled.
  if (executionIds.length >= refs.length) {
    return halves(executionIds).flatMap((ids) => textsOf({ ...hint, executionIds: ids }));
  }
  return halves(refs).flatMap((part) => textsOf({ ...hint, refs: part }));
}

function halves(list: readonly string[]): [string[], string[]] {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}

/** A process of another release may send what this one does not know. */
function wakeUpOf(text: string): WakeUp | undefined {
  const { kind, executionId, executionIds, refs } = parse(text);
  if (kind === 'due') return { kind };
  if (kind === 'changed' && typeof executionId === 'string') return { kind, executionId };
  return kind === 'signalled' && isTextList(executionIds) && isTextList(refs)
    ? { kind, executionIds, refs }
    : undefined;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
