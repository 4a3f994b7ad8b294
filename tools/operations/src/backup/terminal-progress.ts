import type { OnProgress } from './stored-database';

const EVERY_MS = 200;

/** One line on a terminal that says how far the work is; elsewhere, as in a log, it says nothing. */
export class TerminalProgress {
  private shownAt = 0;
  private shown = false;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  /** Reports of one piece of work. */
  of(what: string): OnProgress {
    return (done, total) => this.show(`${what} ${total > 0 ? Math.floor((100 * done) / total) : 100} %`);
  }

  /** Work that does not say how far it is. */
  begin(what: string): void {
    this.shownAt = 0;
    this.show(`${what} …`);
  }

  /** Before anything else is written. */
  end(): void {
    if (this.shown) this.stream.write('\r\u001b[K');
    this.shown = false;
  }

  private show(text: string): void {
    if (!this.stream.isTTY || performance.now() - this.shownAt < EVERY_MS) return;
    this.shownAt = performance.now();
    this.shown = true;
    this.stream.write(`\r\u001b[K${text}`);
  }
}
