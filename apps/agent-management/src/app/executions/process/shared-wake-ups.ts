import { LocalWakeUps, type WakeUp, type WakeUps } from '@aitbc/execution-engine';
import type { Channel, ChannelListener, Logger } from '@aitbc/shared-core';
import { Outbox } from './outbox';

/** Bytes that PostgreSQL carries in one notification, with a reserve. */
const LONGEST_TEXT = 7_900;

/** Wake-ups within this process, and to and from the other processes of its database, which else look by themselves. */
export class SharedWakeUps implements WakeUps {
  private readonly local = new LocalWakeUps();
  private readonly outbox: Outbox;

  constructor(openChannel: (listener: ChannelListener) => Channel, logger: Logger) {
    const channel = openChannel({
      onText: (text) => this.hear(text),
      // What was sent while nobody heard it here may have been about due work.
      onConnected: () => this.local.notify({ kind: 'due' }),
    });
    this.outbox = new Outbox(channel, logger, 'other processes could not be woken; they look by themselves');
  }

  notify(hint: WakeUp): void {
    this.local.notify(hint);
    for (const text of textsOf(hint)) this.outbox.put(text);
  }

  subscribe(listener: (hint: WakeUp) => void): () => void {
    return this.local.subscribe(listener);
  }

  /** Sends what is left, and hears no more. */
  close(): Promise<void> {
    return this.outbox.close();
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
