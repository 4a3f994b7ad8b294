import type { Summary } from '../aggregate';
import type { DrillReport } from '../drill-report';
import type { PhaseSummary } from '../phase';
import { serverName, serversIn } from '../servers';
import { type Markup, markup } from './markup';

const SHOWN_FAILURES = 50;
/** More are folded away until somebody asks for them. */
const OPEN_EVENTS = 60;

export function verdictTable({ verdicts }: DrillReport): Markup | false {
  if (verdicts.length === 0) return false;
  return markup`<table>
<tr><th></th><th>promise</th><th>wanted</th><th>seen</th></tr>
${verdicts.map(({ what, wanted, seen, kept }) => {
  const word = kept ? 'kept' : 'broken';
  return markup`<tr><td class="${word}">${word}</td><td>${what}</td><td>${wanted}</td><td>${seen}</td></tr>\n`;
})}</table>`;
}

/** The numbers are those of the chart. */
export function phaseTable({ phases, total, seconds }: DrillReport): Markup {
  const servers = serversIn([total]);
  const heads = ['s', 'requests', '/s', 'failed reads', 'failed writes', 'p50 ms', 'p99 ms', 'longest ms'];
  const numbers = [...heads, ...servers.map(serverName)];
  return markup`<div class="wide"><table>
<tr><th class="number">no.</th><th class="name">phase</th>${numbers.map((head) => markup`<th class="number">${head}</th>`)}</tr>
${phases.map((phase, index) => {
  const cells = figures(phase, (phase.endedMs - phase.beganMs) / 1_000, servers);
  return markup`<tr><td class="number">${index + 1}</td><td>${phase.name}${remark(phase)}</td>${cells}</tr>\n`;
})}<tr><td></td><td>whole drill</td>${figures(total, seconds, servers)}</tr>
</table></div>`;
}

function figures(counted: Summary, seconds: number, servers: readonly string[]): Markup[] {
  const { requests, failedReads, failedWrites, p50, p99, longest, byServer } = counted;
  const rate = seconds > 0 ? requests / seconds : 0;
  return [
    cell(seconds.toFixed(1)),
    cell(requests),
    cell(rate.toFixed(0)),
    cell(failedReads, failedReads > 0),
    cell(failedWrites, failedWrites > 0),
    ...[p50, p99, longest].map((ms) => cell(ms.toFixed(1))),
    ...servers.map((server) => cell(byServer[server] ?? 0)),
  ];
}

function cell(value: string | number, isBad = false): Markup {
  return markup`<td class="number${isBad && ' broken'}">${value}</td>`;
}

function remark({ state, error, tolerates, untolerated }: PhaseSummary): Markup[] {
  return [
    ...(tolerates === 'nothing' ? [] : [markup` <small>(${tolerates} may fail)</small>`]),
    ...(untolerated > 0 ? [markup` <span class="broken">${untolerated} failed that must not</span>`] : []),
    ...(state === 'done' ? [] : [markup` <span class="broken">${error ?? 'did not come to its end'}</span>`]),
  ];
}

/** By the numbers that the chart gives them where names do not fit. */
export function eventList({ events }: DrillReport): Markup {
  if (events.length === 0) return markup`<p>None.</p>`;
  return markup`<details${events.length <= OPEN_EVENTS && markup` open`}><summary>${events.length} in all</summary><ol class="events">
${events.map(({ atMs, name }) => markup`<li><span class="at">${time(atMs)}</span> ${name}</li>\n`)}</ol></details>`;
}

export function failureTable({ failures, total }: DrillReport): Markup {
  const count = total.failedReads + total.failedWrites;
  if (count === 0) return markup`<p>No request failed.</p>`;
  const shown = failures.slice(0, SHOWN_FAILURES);
  return markup`${shown.length < count && markup`<p>The first ${shown.length} of ${count}.</p>`}<table>
<tr><th class="number">at</th><th>phase</th><th>kind</th><th>what and why</th></tr>
${shown.map(
  ({ atMs, phase, kind, reason }) =>
    markup`<tr><td class="number">${time(atMs)}</td><td>${phase}</td><td>${kind}</td><td class="reason">${reason}</td></tr>\n`,
)}</table>`;
}

/** Names and values; what is no text or number is shown as JSON. */
export function factTable(facts: Readonly<Record<string, unknown>>): Markup {
  return markup`<table>
${Object.entries(facts).map(([name, value]) => markup`<tr><th>${name}</th><td>${fact(value)}</td></tr>\n`)}</table>`;
}

function fact(value: unknown): Markup | string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  return markup`<pre>${JSON.stringify(value, null, 2)}</pre>`;
}

function time(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}
