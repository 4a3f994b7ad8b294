import { markup, type Markup } from '../html/markup';
import type { Tick } from './scales';

/** All lengths are units of the picture's own coordinates, which are pixels at its full width. */
export const WIDTH = 1_160;
const LEFT = 64;
const RIGHT = 44;

/** What all lanes have in common: the time axis, from left to right. */
export class TimeAxis {
  readonly left = LEFT;
  readonly right = WIDTH - RIGHT;

  constructor(readonly endMs: number) {}

  x(ms: number): number {
    const share = this.endMs > 0 ? Math.min(ms / this.endMs, 1) : 0;
    return rounded(this.left + share * (this.right - this.left));
  }
}

/** A horizontal strip of the chart; y grows downwards. */
export interface Lane {
  readonly top: number;
  readonly bottom: number;
}

/** A tenth of a pixel is not seen, and more digits make the file twice as large. */
export function rounded(length: number): number {
  return Math.round(length * 10) / 10;
}

/** Title above a lane, with room on the right for a legend. */
export function laneTitle({ top }: Lane, text: string): Markup {
  return markup`<text class="lane-title" x="${LEFT}" y="${top - 9}">${text}</text>\n`;
}

/** Lines across the lanes with their values on the left. */
export function gridLines(axis: TimeAxis, ticks: readonly Tick[], y: (value: number) => number): Markup[] {
  return ticks.map(
    ({
      value,
      text,
    }) => markup`<line class="grid" x1="${axis.left}" x2="${axis.right}" y1="${y(value)}" y2="${y(value)}"/>
<text class="tick" x="${axis.left - 8}" y="${y(value) + 4}" text-anchor="end">${text}</text>\n`,
  );
}
