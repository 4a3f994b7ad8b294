import { timelineChart } from '../chart/timeline-chart';
import { type DrillReport, outcomeOf } from '../drill-report';
import { Markup, markup } from './markup';
import { STYLE } from './style';
import { eventList, factTable, failureTable, phaseTable, verdictTable } from './tables';

/** The report as one page that needs nothing but itself: no script, nothing from the network. */
export function reportPage(report: DrillReport): string {
  const { name, startedAt, seconds, total, options, machine, notes = {} } = report;
  const { kept, sentence } = outcomeOf(report);
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${kept ? 'Kept' : 'Broken'}: ${name} drill</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<h1 class="${kept ? 'kept' : 'broken'}">${sentence}</h1>
<p>Drill “${name}” of ${startedAt.slice(0, 19).replace('T', ' ')} UTC: ${total.requests} requests in ${seconds.toFixed(1)} s; failed reads: ${total.failedReads}, failed writes: ${total.failedWrites}.</p>
${verdictTable(report)}
<h2>What happened when</h2>
<div class="wide">${timelineChart(report)}</div>
<h2>Phases</h2>
${phaseTable(report)}
<h2>Failed requests</h2>
${failureTable(report)}
<h2>Events</h2>
${eventList(report)}
${Object.entries(notes).map(([title, note]) => markup`<h2>${title}</h2>\n${noteText(note)}\n`)}
<h2>Options</h2>
${factTable(options)}
<h2>Machine</h2>
${factTable({ ...machine, memory: `${(machine.memory / 2 ** 30).toFixed(1)} GiB` })}
</body>
</html>
`.text;
}

function noteText(note: unknown): Markup {
  return isRecord(note) ? factTable(note) : factTable({ '': note });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
