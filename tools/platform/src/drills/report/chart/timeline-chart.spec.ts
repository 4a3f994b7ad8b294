import type { DrillReport } from '../drill-report';
import { sampleDrill } from '../testing/sample-drill';
import { linearTicks } from './scales';
import { timelineChart } from './timeline-chart';

interface Box {
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly text: string;
}

const BAR = /class="bar [^"]*" x="([\d.]+)" y="[\d.]+" width="[\d.]+" height="([\d.]+)"/;

function chartOf(report: DrillReport): string {
  return timelineChart(report).text;
}

function matches(svg: string, pattern: RegExp): RegExpMatchArray[] {
  return [...svg.matchAll(new RegExp(pattern, 'g'))];
}

/** Boxes of the labels of phases and events, of letters that are wide for 11 px. */
function labelBoxes(svg: string): Box[] {
  return matches(svg, /<text class="label" x="([\d.]+)" y="([\d.]+)" text-anchor="middle">([^<]*)<\/text>/).map(
    ([, x, y, text = '']) => {
      const half = (text.length * 6.6) / 2;
      return { left: Number(x) - half, right: Number(x) + half, y: Number(y), text };
    },
  );
}

function overlapping(boxes: readonly Box[]): string[] {
  return boxes.flatMap((box, index) =>
    boxes
      .slice(index + 1)
      .filter((other) => Math.abs(other.y - box.y) < 11 && other.left < box.right && box.left < other.right)
      .map((other) => `${box.text} | ${other.text}`),
  );
}

describe('the chart of a drill', () => {
  it('has a bar for each server in each column, and a place to point at for each column', async () => {
    const report = await sampleDrill();
    const svg = chartOf(report);
    const { columns } = report.series;
    expect(columns.length).toBeGreaterThanOrEqual(150);
    expect(matches(svg, /class="column"/)).toHaveLength(columns.length);
    const parts = columns.reduce((sum, { byServer }) => sum + Object.keys(byServer).length, 0);
    expect(matches(svg, /class="bar /)).toHaveLength(parts);
  });

  it('stacks bars up to the height of their rate', async () => {
    const report = await sampleDrill();
    const heights = new Map<string, number>();
    for (const [, x = '', height] of matches(chartOf(report), BAR)) {
      heights.set(x, (heights.get(x) ?? 0) + Number(height));
    }
    const rates = report.series.columns.map(({ requestsPerSecond }) => requestsPerSecond).filter((rate) => rate > 0);
    const highest = linearTicks(Math.max(...rates)).at(-1)?.value ?? 0;
    expect(heights.size).toBe(rates.length);
    [...heights.values()].forEach((height, index) => {
      expect(Math.abs(height - (190 * (rates[index] ?? 0)) / highest)).toBeLessThan(0.3);
    });
  });

  it('marks each column with failures, a single one as well as many', async () => {
    const failures = [
      { atMs: 5_000, kind: 'read' as const, reason: 'GET /x: 502' },
      { atMs: 25_000, kind: 'write' as const, reason: 'POST /x: 502' },
      { atMs: 25_010, kind: 'write' as const, reason: 'POST /x: 502' },
    ];
    const svg = chartOf(await sampleDrill({ failures }));
    expect(matches(svg, /class="error-mark"[^>]*><title>([^<]*)/).map(([, title]) => title)).toEqual([
      '1 failed read',
      '2 failed writes',
    ]);
    expect(matches(svg, /class="error-line"/)).toHaveLength(2);
    expect(matches(chartOf(await sampleDrill()), /class="error-/)).toEqual([]);
  });

  it('names events where there is room, and the phases', async () => {
    const texts = labelBoxes(chartOf(await sampleDrill({ flips: 5 }))).map(({ text }) => text);
    expect(texts).toEqual(['1 baseline', '2 flips', '3 kill', 'flip 1', 'flip 2', 'flip 3', 'flip 4', 'flip 5']);
  });

  it.each([0, 1, 10, 30, 100, 500])('has no labels that overlap with %d flips', async (flips) => {
    for (const name of ['flip', 'over to the service and back again to the monolith']) {
      const svg = chartOf(await sampleDrill({ flips, name }));
      const boxes = labelBoxes(svg);
      expect(overlapping(boxes)).toEqual([]);
      expect(boxes.every(({ left, right }) => left >= 60 && right <= 1_160)).toBe(true);
      expect(matches(svg, /class="event[" ]/)).toHaveLength(flips);
    }
  });

  it('draws a drill in which nothing happened', () => {
    const nothing = { series: { columnMs: 50, endMs: 0, columns: [] }, phases: [], events: [] };
    expect(timelineChart(nothing).text).not.toMatch(/NaN|Infinity|undefined/);
  });
});
