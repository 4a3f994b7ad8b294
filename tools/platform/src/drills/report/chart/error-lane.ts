import type { Column } from '../columns';
import { type Markup, markup } from '../html/markup';
import { type Lane, laneTitle, rounded, type TimeAxis } from './frame';

/** Half the height of a mark. */
const MARK = 7;

interface Row {
  readonly name: string;
  readonly kind: 'read' | 'write';
  readonly failed: (column: Column) => number;
}

const ROWS: readonly Row[] = [
  { name: 'reads', kind: 'read', failed: ({ failedReads }) => failedReads },
  { name: 'writes', kind: 'write', failed: ({ failedWrites }) => failedWrites },
];

/** A mark of one size for each column in which requests failed: one that failed is seen as well as a hundred. */
export function errorLane(columns: readonly Column[], lane: Lane, axis: TimeAxis): Markup {
  const height = (lane.bottom - lane.top) / ROWS.length;
  return markup`<g class="errors">
${laneTitle(lane, 'Failed requests')}${ROWS.map((row, index) => {
    const y = lane.top + (index + 0.5) * height;
    const all = columns.reduce((sum, column) => sum + row.failed(column), 0);
    return markup`<line class="grid" x1="${axis.left}" x2="${axis.right}" y1="${y}" y2="${y}"/>
<text class="tick" x="${axis.left - 8}" y="${y + 4}" text-anchor="end">${row.name}</text>
<text class="tick${all > 0 && ' failed'}" x="${axis.right + 8}" y="${y + 4}">${all}</text>
${columns.map((column) => mark(column, row, y, axis))}`;
  })}</g>`;
}

/** Through all lanes: what else happened at that time. */
export function errorLines(columns: readonly Column[], { top, bottom }: Lane, axis: TimeAxis): Markup[] {
  return columns
    .filter(({ failedReads, failedWrites }) => failedReads + failedWrites > 0)
    .map((column) => {
      const x = middle(column, axis);
      return markup`<line class="error-line" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>\n`;
    });
}

function mark(column: Column, { failed, kind }: Row, y: number, axis: TimeAxis): Markup | false {
  const count = failed(column);
  if (count === 0) return false;
  const x = middle(column, axis);
  return markup`<path class="error-mark" d="M${x} ${y - MARK}l${MARK} ${MARK}l${-MARK} ${MARK}l${-MARK} ${-MARK}z"><title>${count} failed ${kind}${count > 1 && 's'}</title></path>\n`;
}

function middle({ startMs, endMs }: Column, axis: TimeAxis): number {
  return rounded((axis.x(startMs) + axis.x(endMs)) / 2);
}
