import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { barText, judge, limitOf, type Verdict } from './bars';
import type { Machine } from './machine';
import type { Measured } from './run';
import { type Figure, idOf, type Scenario } from './scenario';
import { median } from './statistics';
import { figureText, renderTable } from './table';

/** One figure of the report. */
export interface Row {
  readonly id: string;
  readonly what: string;
  readonly unit: Figure['unit'];
  /** One value for each run, in their order. */
  readonly runs: readonly number[];
  readonly median: number;
  readonly bar?: string;
  /** The number behind the bar, when it is known. */
  readonly limit?: number;
  readonly verdict?: Verdict;
}

export interface Report {
  readonly at: string;
  readonly machine: Machine;
  readonly quick: boolean;
  /** Seconds of each measurement under load. */
  readonly duration: number;
  readonly rows: readonly Row[];
  /** Scenarios that gave wrong answers or none. */
  readonly failures: readonly { readonly scenario: string; readonly message: string }[];
}

/** Figures of the scenarios that were measured, each judged by medians of this very run. */
export function rowsOf(scenarios: readonly Scenario[], measured: Measured): Row[] {
  const figures = scenarios.flatMap((scenario) =>
    scenario.figures.flatMap((figure) => {
      const id = idOf(scenario, figure);
      const runs = measured.values.get(id);
      return runs === undefined ? [] : [{ id, figure, runs, median: median(runs) }];
    }),
  );
  const medians = new Map(figures.map(({ id, median: value }) => [id, value]));
  return figures.map(({ id, figure: { what, unit, bar }, runs, median: value }) => {
    const row = { id, what, unit, runs, median: value };
    if (!bar) return row;
    const limit = limitOf(bar, medians);
    return {
      ...row,
      bar: barText(bar),
      ...(limit !== undefined && { limit }),
      verdict: judge(value, bar, medians),
    };
  });
}

/** The report as text. */
export function renderReport({ machine, rows, failures, quick, at, duration }: Report): string {
  const head = ['figure', 'what', 'median', 'unit', 'bar', '', 'runs'];
  const lines = rows.map((row) => [
    row.id,
    row.what,
    figureText(row.median),
    row.unit,
    barCell(row),
    quick ? '' : (row.verdict ?? ''),
    row.runs.map(figureText).join(' · '),
  ]);
  const { cpu, cores, memory, node, system, commit } = machine;
  return [
    `${cpu}, ${cores} cores, ${memory} GiB, Node ${node}, ${system}`,
    `commit ${commit}, ${at}, ${duration} s each${quick ? '; QUICK: the figures mean nothing' : ''}`,
    '',
    renderTable(head, lines, new Set([2])),
    ...failures.map(({ scenario, message }) => `FAILED ${scenario}: ${message}`),
  ].join('\n');
}

function barCell({ bar, limit }: Row): string {
  if (bar === undefined) return '';
  return bar.includes('×') && limit !== undefined ? `${bar} = ${figureText(limit)}` : bar;
}

/** Makes the folder if need be. */
export function writeReport(file: string, report: Report): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}
