const KEPT_LINES = 40;

/** What the person at the terminal sees; the log lines of the processes are kept for the case that something fails. */
export class Progress {
  private readonly began = Date.now();
  private readonly kept: string[] = [];

  say(line: string): void {
    const seconds = ((Date.now() - this.began) / 1000).toFixed(1).padStart(5);
    process.stdout.write(`${seconds}s  ${line}\n`);
  }

  /** A block without the time in front, indented. */
  show(text: string): void {
    process.stdout.write(`${text.replace(/^/gm, '        ')}\n`);
  }

  keep(app: string, line: string): void {
    this.kept.push(`[${app}] ${line}`);
    if (this.kept.length > KEPT_LINES) this.kept.shift();
  }

  fail(error: unknown): void {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    if (this.kept.length > 0) process.stderr.write(`\nThe last lines of the processes:\n${this.kept.join('\n')}\n`);
  }
}
