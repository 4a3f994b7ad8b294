import { type Markup, markup } from '../html/markup';
import type { PhaseSummary } from '../phase';
import { type Lane, rounded, type TimeAxis } from './frame';
import { fitted } from './labels';

const ROW_HEIGHT = 18;
const PADDING = 4;

/** Phases as bars with their numbers and names, each on the first row where no other one is at that time. */
export class PhaseStrip {
  private readonly rows: readonly number[];
  readonly height: number;

  /** @param phases in the order in which they began. */
  constructor(
    private readonly phases: readonly PhaseSummary[],
    private readonly axis: TimeAxis,
  ) {
    this.rows = rowsOf(phases);
    this.height = (Math.max(-1, ...this.rows) + 1) * ROW_HEIGHT;
  }

  bars(top: number): Markup[] {
    return this.phases.map((phase, index) => {
      const { x, width } = this.extent(phase);
      const y = top + (this.rows[index] ?? 0) * ROW_HEIGHT;
      const broken = phase.state !== 'done' || phase.untolerated > 0;
      const text = labelOf(index + 1, phase.name, width - 2 * PADDING);
      return markup`<g class="phase${broken && ' broken'}"><title>${index + 1} ${phase.name}</title>
<rect x="${x}" y="${y}" width="${width}" height="${ROW_HEIGHT - 3}"/>
${text !== '' && markup`<text class="label" x="${rounded(x + width / 2)}" y="${y + 11.5}" text-anchor="middle">${text}</text>`}</g>\n`;
    });
  }

  /** Phases of the first row behind all lanes, so that what happens in a lane is seen to be theirs. */
  bands({ top, bottom }: Lane): Markup[] {
    return this.phases.flatMap((phase, index) => {
      if (this.rows[index] !== 0) return [];
      const { x, width } = this.extent(phase);
      return markup`<rect class="band${phase.tolerates !== 'nothing' && ' tolerant'}" x="${x}" y="${top}" width="${width}" height="${bottom - top}"/>\n`;
    });
  }

  /** A phase of no time is still seen. */
  private extent({ beganMs, endedMs }: PhaseSummary): { x: number; width: number } {
    const x = this.axis.x(beganMs);
    return { x, width: Math.max(rounded(this.axis.x(endedMs) - x - 1), 1) };
  }
}

function rowsOf(phases: readonly PhaseSummary[]): number[] {
  const ends: number[] = [];
  return phases.map(({ beganMs, endedMs }) => {
    const free = ends.findIndex((end) => end <= beganMs);
    const row = free < 0 ? ends.length : free;
    ends[row] = endedMs;
    return row;
  });
}

function labelOf(number: number, name: string, width: number): string {
  const named = fitted(`${number} ${name}`, width);
  return named === '' ? fitted(String(number), width) : named;
}
