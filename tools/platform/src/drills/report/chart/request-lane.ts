import type { Column } from '../columns';
import { type Markup, markup } from '../html/markup';
import { serverName } from '../servers';
import { gridLines, type Lane, laneTitle, rounded, type TimeAxis } from './frame';
import { textWidth } from './labels';
import { linearTicks } from './scales';

const SWATCH = 10;

/** Requests per second of each column, stacked by who answered. */
export function requestLane(
  columns: readonly Column[],
  servers: readonly string[],
  lane: Lane,
  axis: TimeAxis,
): Markup {
  const ticks = linearTicks(Math.max(0, ...columns.map(({ requestsPerSecond }) => requestsPerSecond)));
  const highest = ticks.at(-1)?.value ?? 1;
  const y = (rate: number) => rounded(lane.bottom - (rate / highest) * (lane.bottom - lane.top));
  return markup`<g class="requests">
${laneTitle(lane, 'Requests per second, by who answered')}${legend(servers, lane, axis)}
${gridLines(axis, ticks, y)}${columns.map((column) => stack(column, servers, axis, y))}</g>`;
}

/** Class of the colour of a server, by its place in the order of all. */
function serverClass(server: string, servers: readonly string[]): string {
  return server === '' ? 'server-unknown' : `server-${servers.indexOf(server) % 6}`;
}

function stack(column: Column, servers: readonly string[], axis: TimeAxis, y: (rate: number) => number): Markup[] {
  const x = axis.x(column.startMs);
  const width = rounded(axis.x(column.endMs) - x);
  let below = 0;
  return servers.flatMap((server) => {
    const requests = column.byServer[server] ?? 0;
    if (requests === 0) return [];
    const from = y((below / column.requests) * column.requestsPerSecond);
    below += requests;
    const to = y((below / column.requests) * column.requestsPerSecond);
    return markup`<rect class="bar ${serverClass(server, servers)}" x="${x}" y="${to}" width="${width}" height="${rounded(from - to)}"/>\n`;
  });
}

/** From the right edge to the left, above the lane. */
function legend(servers: readonly string[], lane: Lane, axis: TimeAxis): Markup[] {
  let right = axis.right;
  return servers.toReversed().map((server) => {
    const name = serverName(server);
    const x = right - textWidth(name);
    right = x - SWATCH - 20;
    return markup`<rect class="${serverClass(server, servers)}" x="${x - SWATCH - 5}" y="${lane.top - 18}" width="${SWATCH}" height="${SWATCH}"/>
<text class="tick" x="${x}" y="${lane.top - 9}">${name}</text>\n`;
  });
}
