import type { Column } from '../columns';
import { type Markup, markup } from '../html/markup';
import { gridLines, type Lane, laneTitle, rounded, type TimeAxis } from './frame';
import { logTicks } from './scales';

const LINES = ['p99', 'p50'] as const;
const LABEL_HEIGHT = 13;

/** p50 and p99 of each column on a logarithmic axis; where nothing was asked there is no line. */
export function latencyLane(columns: readonly Column[], lane: Lane, axis: TimeAxis): Markup {
  const asked = columns.filter(({ requests }) => requests > 0);
  const ticks = logTicks(asked.flatMap(({ p50, p99 }) => [p50, p99]));
  const [lowest, highest] = [ticks[0]?.value ?? 1, ticks.at(-1)?.value ?? 10];
  const y = (ms: number) => {
    const share = Math.log(Math.max(ms, lowest) / lowest) / Math.log(highest / lowest);
    return rounded(lane.bottom - share * (lane.bottom - lane.top));
  };
  const last = asked.at(-1);
  const upper = last ? y(last.p99) : 0;
  const lower = last ? Math.max(y(last.p50), upper + LABEL_HEIGHT) : 0;
  return markup`<g class="latency">
${laneTitle(lane, 'Latency: half of the requests are below p50, 99 % below p99')}${gridLines(axis, ticks, y)}
${LINES.map((line) => markup`<path class="line ${line}" d="${path(columns, (column) => y(column[line]), axis)}"/>\n`)}
${last && [endLabel('p99', upper, axis), endLabel('p50', lower, axis)]}</g>`;
}

/** A step for each column, and a new beginning after a gap. */
function path(columns: readonly Column[], y: (column: Column) => number, axis: TimeAxis): string {
  let drawing = false;
  return columns
    .map((column) => {
      const command = drawing ? 'L' : 'M';
      drawing = column.requests > 0;
      if (!drawing) return '';
      const height = y(column);
      return `${command}${axis.x(column.startMs)} ${height}H${axis.x(column.endMs)}`;
    })
    .join('');
}

function endLabel(text: (typeof LINES)[number], y: number, axis: TimeAxis): Markup {
  return markup`<text class="tick ${text}" x="${axis.right + 6}" y="${y + 4}">${text}</text>\n`;
}
