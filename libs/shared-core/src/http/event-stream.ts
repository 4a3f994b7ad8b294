import type { Response } from 'express';
import { isOpen } from './request-scope';

/** One event of a stream. */
export interface ServerEvent {
  readonly event: string;
  /** Where to read on: the reader sends it back as `Last-Event-ID`. */
  readonly id?: number;
  /** Sent as JSON, on one line. */
  readonly data: unknown;
}

/** How long a reader may leave what was sent to it unread. */
const UNREAD_LIMIT_MS = 30_000;

/**
 * An answer in Server-Sent Events. It holds back nothing but what the socket buffers: each write waits until the reader
 * has taken enough of the earlier ones, and a reader that takes nothing for 30 s is cut off.
 */
export class EventStream {
  private constructor(
    private readonly res: Response,
    private readonly unreadLimitMs: number,
  ) {}

  /** Sends the headers: from now on errors are events. */
  static open(res: Response, { unreadLimitMs = UNREAD_LIMIT_MS } = {}): EventStream {
    res.status(200).type('text/event-stream');
    // Proxies must neither keep nor hold back nor compress what is worth something only at once.
    res.set({ 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' });
    res.flushHeaders();
    return new EventStream(res, unreadLimitMs);
  }

  /** Resolves when there is room for the next one; at once when the reader has gone. */
  send({ event, id, data }: ServerEvent): Promise<void> {
    const place = id === undefined ? '' : `id: ${id}\n`;
    return this.write(`event: ${event}\n${place}data: ${JSON.stringify(data)}\n\n`);
  }

  /** A comment, which readers pass over: shows both ends, and all between them, that the connection lives. */
  keepAlive(): Promise<void> {
    return this.write(': keep-alive\n\n');
  }

  end(): void {
    if (isOpen(this.res)) this.res.end();
  }

  private async write(text: string): Promise<void> {
    if (!isOpen(this.res) || this.res.write(text)) return;
    await this.drained();
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.res.destroy(), this.unreadLimitMs);
      const done = (): void => {
        clearTimeout(timer);
        this.res.off('drain', done).off('close', done);
        resolve();
      };
      this.res.on('drain', done).on('close', done);
    });
  }
}

/**
 * Place after which a reader wants to go on, by its `Last-Event-ID`; 0 without one, or with one that no stream of
 * numbered events has sent.
 */
export function lastEventIdOf(header: string | undefined): number {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : 0;
}
