import type { Column } from '../columns';
import type { DrillReport } from '../drill-report';
import { type Markup, markup } from '../html/markup';
import { serverName, serversIn } from '../servers';
import { errorLane, errorLines } from './error-lane';
import { type Lane, TimeAxis, WIDTH } from './frame';
import { placeLabels } from './labels';
import { latencyLane } from './latency-lane';
import { PhaseStrip } from './phase-strip';
import { requestLane } from './request-lane';
import { timeTicks } from './scales';

const TITLE_HEIGHT = 34;
const EVENT_ROWS = 3;
const EVENT_ROW_HEIGHT = 14;
const CROWDED = 8;
const TICK_HEIGHT = 8;

type Drawn = Pick<DrillReport, 'series' | 'phases' | 'events'>;

/** The drill as a picture: phases and events above three lanes (requests, failures, latency) over one time axis. */
export function timelineChart({ series: { columns, endMs }, phases, events }: Drawn): Markup {
  const axis = new TimeAxis(endMs);
  const strip = new PhaseStrip(phases, axis);
  const points = events.map(({ atMs, name }) => ({ x: axis.x(atMs), name }));
  const labels = placeLabels(points, { left: axis.left, right: axis.right, rows: EVENT_ROWS });
  const rows = Math.max(-1, ...labels.map(({ row }) => row)) + 1;
  const eventTop = strip.height + 4;
  const ticksTop = eventTop + rows * EVENT_ROW_HEIGHT;
  const requests = laneBelow(ticksTop, 190);
  const errors = laneBelow(requests.bottom, 46);
  const latency = laneBelow(errors.bottom, 130);
  const all: Lane = { top: ticksTop, bottom: latency.bottom };
  const height = latency.bottom + 28;
  return markup`<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Requests, failures and latency over time">
${strip.bands(all)}${strip.bars(0)}
${gutter('phases', phases.length > 0 && 11.5, axis)}${gutter('events', rows > 0 && eventTop + 10, axis)}
${points.map((_, index) => eventLine(points, index, { top: ticksTop, bottom: all.bottom }))}
${labels.map(({ x, row, text }) => markup`<text class="label" x="${x}" y="${eventTop + row * EVENT_ROW_HEIGHT + 10}" text-anchor="middle">${text}</text>\n`)}
${requestLane(columns, serversIn(columns), requests, axis)}
${latencyLane(columns, latency, axis)}
${timeLabels(axis, latency.bottom)}
${errorLines(columns, all, axis)}${errorLane(columns, errors, axis)}
${columns.map((column) => hover(column, all, axis))}</svg>`;
}

/** Says on the left what is in a row, if it is there. */
function gutter(text: string, y: number | false, axis: TimeAxis): Markup | false {
  if (y === false) return false;
  return markup`<text class="tick" x="${axis.left - 8}" y="${y}" text-anchor="end">${text}</text>`;
}

/** Through all lanes, or where events are too close to be told apart there, only a tick above them. */
function eventLine(points: readonly { readonly x: number }[], index: number, lane: Lane): Markup {
  const x = points[index]?.x ?? 0;
  const isCrowded = [points[index - 1], points[index + 1]].some((other) => other && Math.abs(other.x - x) < CROWDED);
  const bottom = isCrowded ? lane.top + TICK_HEIGHT : lane.bottom;
  return markup`<line class="event${isCrowded && ' crowded'}" x1="${x}" x2="${x}" y1="${lane.top}" y2="${bottom}"/>\n`;
}

/** Its title is between. */
function laneBelow(y: number, height: number): Lane {
  return { top: y + TITLE_HEIGHT, bottom: y + TITLE_HEIGHT + height };
}

function timeLabels(axis: TimeAxis, y: number): Markup {
  return markup`<line class="axis" x1="${axis.left}" x2="${axis.right}" y1="${y}" y2="${y}"/>
${timeTicks(axis.endMs).map(({ value, text }) => {
  const x = axis.x(value);
  return markup`<line class="axis" x1="${x}" x2="${x}" y1="${y}" y2="${y + 5}"/>
<text class="tick" x="${x}" y="${y + 19}" text-anchor="middle">${text}</text>\n`;
})}`;
}

/** Invisible, over all lanes: the browser shows its title to whoever points there. */
function hover(column: Column, { top, bottom }: Lane, axis: TimeAxis): Markup {
  const x = axis.x(column.startMs);
  return markup`<rect class="column" x="${x}" y="${top}" width="${axis.x(column.endMs) - x}" height="${bottom - top}"><title>${described(column)}</title></rect>\n`;
}

function described({
  startMs,
  endMs,
  requestsPerSecond,
  byServer,
  failedReads,
  failedWrites,
  p50,
  p99,
}: Column): string {
  const seconds = (ms: number) => (ms / 1_000).toFixed(2);
  return [
    `${seconds(startMs)} s to ${seconds(endMs)} s`,
    `${requestsPerSecond.toFixed(0)} requests/s`,
    ...Object.entries(byServer).map(([server, requests]) => `${requests} by ${serverName(server)}`),
    `${failedReads} reads and ${failedWrites} writes failed`,
    `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
  ].join('\n');
}
