import type { Response } from 'express';
import { isOpen } from './request-scope';

/** One event of a stream. */
export interface ServerEvent {
  readonly event: string;
  /** Where to read on: the reader sends it back as `Last-Event-ID`. Without line breaks and NUL. */
  readonly id?: number | string;
  /** Sent as JSON, on one line. */
  readonly data: unknown;
}

export interface EventStreamOptions {
  /** How long a reader may leave what was sent to it unread; default 30 s. */
  readonly unreadLimitMs?: number;
  /** How long a browser waits before it connects again after the end; by default it decides itself. */
  readonly retryMs?: number;
  /** Called when a reader is cut off because it takes nothing. */
  readonly onCutOff?: () => void;
}

const UNREAD_LIMIT_MS = 30_000;
/** The most that a reader which does not read makes a sender hold back: what is sent together is not longer. */
const MOST_AT_ONCE = 64 * 1024;

/**
 * An answer in Server-Sent Events (WHATWG HTML, 9.2). It holds back nothing but what the socket buffers: each write waits
 * until the reader has taken enough of the earlier ones, and a reader that takes nothing for 30 s is cut off.
 */
export class EventStream {
  private constructor(
    private readonly res: Response,
    private readonly options: EventStreamOptions,
  ) {}

  /** Sends the headers: from now on errors are events. */
  static open(res: Response, options: EventStreamOptions = {}): EventStream {
    res.status(200).type('text/event-stream');
    // Proxies must neither keep nor hold back nor compress what is worth something only at once.
    res.set({ 'Cache-Control': 'no-store, no-transform', 'X-Accel-Buffering': 'no' });
    res.flushHeaders();
    if (options.retryMs !== undefined) res.write(`retry: ${options.retryMs}\n\n`);
    return new EventStream(res, options);
  }

  /** Resolves when there is room for the next one; at once when the reader has gone. */
  send(event: ServerEvent): Promise<void> {
    return this.write(serverEventText(event));
  }

  /**
   * Sends events that were written before, perhaps for many readers, as few pieces: none is longer than 64 KiB unless one
   * event is. Resolves as {@link send} does; stops where the reader goes.
   */
  async sendAll(texts: Iterable<string>): Promise<void> {
    for (const piece of piecesOf(texts)) {
      if (!isOpen(this.res)) return;
      await this.write(piece);
    }
  }

  /** Moves the place where the reader goes on, without an event. */
  moveTo(id: number | string): Promise<void> {
    return this.write(`id: ${id}\n\n`);
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
      const { unreadLimitMs = UNREAD_LIMIT_MS, onCutOff } = this.options;
      const timer = setTimeout(() => {
        onCutOff?.();
        this.res.destroy();
      }, unreadLimitMs);
      const done = (): void => {
        clearTimeout(timer);
        this.res.off('drain', done).off('close', done);
        resolve();
      };
      this.res.on('drain', done).on('close', done);
    });
  }
}

/** An event as it is sent. */
export function serverEventText({ event, id, data }: ServerEvent): string {
  const place = id === undefined ? '' : `id: ${id}\n`;
  return `event: ${event}\n${place}data: ${JSON.stringify(data)}\n\n`;
}

function* piecesOf(texts: Iterable<string>): Generator<string> {
  let piece = '';
  for (const text of texts) {
    if (piece !== '' && piece.length + text.length > MOST_AT_ONCE) {
      yield piece;
      piece = '';
    }
    piece += text;
  }
  if (piece !== '') yield piece;
}

/**
 * Place after which a reader wants to go on, by its `Last-Event-ID`; 0 without one, or with one that no stream of
 * numbered events has sent.
 */
export function lastEventIdOf(header: string | undefined): number {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : 0;
}
