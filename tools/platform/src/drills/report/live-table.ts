import type { OpenPhase, PhaseSummary } from './phase';
import { KNOWN_SERVERS } from './servers';
import type { PhaseWatcher } from './timeline';

/** Where the table goes: a terminal, or something that only keeps text. */
export interface TableOutput {
  readonly isTTY?: boolean;
  /** Characters in a line of the terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

const REFRESH_MS = 1_000;
const NAME_WIDTH = 26;
/** Of a number, with the space before it; a longer title widens its column. */
const LEAST_WIDTH = 8;
const CLEARED_LINE = '\r\u001b[2K';
const SHORT: Readonly<Record<string, string>> = { 'agent-management': 'agents', 'coordinator-api': 'coordinator' };
const HEAD = [
  ...['seconds', 'requests', 'req/s', 'failed r', 'failed w', 'p50 ms', 'p99 ms'],
  ...KNOWN_SERVERS.map((server) => SHORT[server] ?? server),
  'others',
];

/**
 * A table that grows by a row with each phase that ends. On a terminal its last line is the phase that runs, rewritten
 * each second; where text is only kept there are nothing but finished rows.
 */
export class LiveTable implements PhaseWatcher {
  private readonly open = new Set<OpenPhase>();
  private timer: NodeJS.Timeout | undefined;
  private hasHead = false;

  constructor(private readonly output: TableOutput) {}

  began(phase: OpenPhase): void {
    this.open.add(phase);
    if (this.output.isTTY !== true) return;
    this.head();
    this.timer ??= setInterval(() => this.refresh(), REFRESH_MS).unref();
    this.refresh();
  }

  ended(phase: OpenPhase): void {
    this.open.delete(phase);
    this.clear();
    this.head();
    this.output.write(`${rowOf(phase.summary())}\n`);
    if (this.open.size === 0) this.close();
    else this.refresh();
  }

  /** Another line, above that of the phase that runs. */
  say(line: string): void {
    this.clear();
    this.output.write(`${line}\n`);
    this.refresh();
  }

  /** Leaves a clean line, also when a phase still runs. */
  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.open.clear();
    this.clear();
  }

  private head(): void {
    if (this.hasHead) return;
    this.hasHead = true;
    this.output.write(`${row('', HEAD)}\n`);
  }

  private refresh(): void {
    const latest = [...this.open].at(-1);
    if (latest === undefined || this.output.isTTY !== true) return;
    // A line that wraps could not be rewritten.
    const line = rowOf(latest.summary()).slice(0, (this.output.columns ?? 200) - 1);
    this.output.write(`${CLEARED_LINE}${line}`);
  }

  private clear(): void {
    if (this.output.isTTY === true) this.output.write(CLEARED_LINE);
  }
}

function rowOf(phase: PhaseSummary): string {
  const known = KNOWN_SERVERS.map((server) => phase.byServer[server] ?? 0);
  const others = phase.requests - known.reduce((sum, requests) => sum + requests, 0);
  const mark = phase.state === 'threw' ? '  THREW' : phase.untolerated > 0 ? '  BROKEN' : '';
  return `${row(phase.name, [
    ((phase.endedMs - phase.beganMs) / 1_000).toFixed(1),
    String(phase.requests),
    phase.requestsPerSecond.toFixed(0),
    String(phase.failedReads),
    String(phase.failedWrites),
    phase.p50.toFixed(1),
    phase.p99.toFixed(1),
    ...[...known, others].map(String),
  ])}${mark}`;
}

function row(name: string, cells: readonly string[]): string {
  const first = name.length > NAME_WIDTH ? `${name.slice(0, NAME_WIDTH - 1)}…` : name;
  const numbers = cells.map((cell, index) => cell.padStart(Math.max(LEAST_WIDTH, (HEAD[index] ?? '').length + 2)));
  return `${first.padEnd(NAME_WIDTH)}${numbers.join('')}`;
}
