import { join } from 'node:path';
import type { LoadOutcome } from '../load/work';
import type { Progress } from '../progress';
import { describeDrill, type DrillFacts, type DrillReport, outcomeOf } from './report/drill-report';
import { LiveTable } from './report/live-table';
import { Timeline } from './report/timeline';
import { writeReport } from './report/write-report';

export interface WatchedDrill {
  /** Of the workspace, built. */
  readonly root: string;
  readonly name: string;
  readonly options: Readonly<Record<string, string | number>>;
}

export interface DrillOutcome extends Pick<DrillFacts, 'verdicts' | 'notes'> {
  /** What was found of a load that was looked for when it had ended. */
  readonly load?: LoadOutcome;
  /** What else is wrong: a sentence for each. */
  readonly faults?: readonly string[];
}

const SHOWN_FAULTS = 20;
const SHOWN_LENGTH = 400;

/** Has a drill run under a timeline, and tells what came of it; true when all promises were kept. */
export async function watchedDrill(
  { root, name, options }: WatchedDrill,
  run: (timeline: Timeline) => Promise<DrillOutcome>,
  progress: Progress,
): Promise<boolean> {
  const timeline = new Timeline();
  const table = new LiveTable(process.stdout);
  timeline.watch(table);
  let facts: DrillFacts = { name, options, verdicts: [] };
  try {
    const { verdicts, load, notes = {}, faults = [] } = await run(timeline);
    facts = { ...facts, verdicts, notes: { ...notes, ...(load && { load }) } };
    for (const fault of [
      ...failedRequests(timeline),
      ...(load ? faultsOf(load) : []),
      ...faults.slice(0, SHOWN_FAULTS),
    ])
      progress.show(`FAULT   ${clipped(fault)}`);
    for (const { kept, what, wanted, seen } of verdicts) {
      progress.show(`${kept ? 'kept  ' : 'BROKEN'}  ${what}: ${seen} (wanted: ${wanted})`);
    }
  } finally {
    // Of a drill that was broken off too: what it has seen until then tells why.
    table.close();
    tell(describeDrill(facts, timeline), root, progress);
  }
  return outcomeOf({ verdicts: facts.verdicts, phases: timeline.phases() }).kept;
}

function tell(report: DrillReport, root: string, progress: Progress): void {
  const { html } = writeReport(report, join(root, 'tmp', 'drills'));
  progress.say(`${outcomeOf(report).sentence}. Report: ${html}`);
}

function clipped(text: string): string {
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

function failedRequests({ failures }: Timeline): string[] {
  const shown = failures.slice(0, SHOWN_FAULTS);
  return shown.map(({ atMs, phase, reason }) => `${(atMs / 1_000).toFixed(1)} s, ${phase}: ${reason}`);
}

function faultsOf({ lost, doubled, unfinished }: LoadOutcome): string[] {
  return [...lost, ...doubled, ...unfinished].slice(0, SHOWN_FAULTS);
}
