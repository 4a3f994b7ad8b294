import { join } from 'node:path';
import { LiveTable } from '../drills/report/live-table';
import { Timeline } from '../drills/report/timeline';
import { writeReport } from '../drills/report/write-report';
import { describeDrill, type DrillFacts, type DrillReport, outcomeOf } from '../drills/report/drill-report';
import { unlessAborted } from '../interruption';
import type { LoadOutcome } from '../load/work';
import type { Progress } from '../progress';
import { builtReleaseNamed } from '../releases/build-release';
import { requireNginx } from '../routing/nginx-process';
import { RoutedServices } from '../routing/routed-services';
import { inRouterFolder } from '../routing/router-folder';

export interface DrillStage {
  readonly services: RoutedServices;
  readonly timeline: Timeline;
  /** Temporary. */
  readonly folder: string;
}

export interface DrillOutcome extends Pick<DrillFacts, 'verdicts' | 'notes'> {
  readonly load: LoadOutcome;
  /** What else is wrong: a sentence for each. */
  readonly faults?: readonly string[];
}

export interface RoutedDrill {
  /** Of the workspace, built. */
  readonly root: string;
  readonly name: string;
  /** As in `deploy/releases.json`. */
  readonly release: string;
  readonly options: Readonly<Record<string, string | number>>;
  /** Of all services. */
  readonly variables: Readonly<Record<string, string>>;
  readonly run: (stage: DrillStage) => Promise<DrillOutcome>;
}

const SHOWN_FAULTS = 20;
const SHOWN_LENGTH = 400;

/** Has a drill run on services behind a router, and tells what came of it; true when all promises were kept. */
export async function runRoutedDrill(drill: RoutedDrill, progress: Progress, signal: AbortSignal): Promise<boolean> {
  requireNginx();
  const { root, variables } = drill;
  const built = builtReleaseNamed(root, drill.release, (sentence) => progress.say(sentence));
  const release = await unlessAborted(signal, built);
  return inRouterFolder(async (folder) => {
    const onLine = (process: string, line: string) => progress.keep(process, line);
    const services = await RoutedServices.start({ root, folder, release, onLine, variables });
    try {
      progress.say(`Both sides are up behind ${services.urls.router}`);
      return await unlessAborted(signal, watched(drill, { services, folder }, progress));
    } finally {
      await services.stop();
    }
  });
}

async function watched(drill: RoutedDrill, stage: Omit<DrillStage, 'timeline'>, progress: Progress): Promise<boolean> {
  const timeline = new Timeline();
  const table = new LiveTable(process.stdout);
  timeline.watch(table);
  const { name, options } = drill;
  let facts: DrillFacts = { name, options, verdicts: [] };
  try {
    const { verdicts, load, notes = {}, faults = [] } = await drill.run({ ...stage, timeline });
    facts = { ...facts, verdicts, notes: { ...notes, load } };
    for (const fault of [...faultsOf(timeline, load), ...faults]) progress.show(`FAULT   ${clipped(fault)}`);
    for (const { kept, what, wanted, seen } of verdicts) {
      progress.show(`${kept ? 'kept  ' : 'BROKEN'}  ${what}: ${seen} (wanted: ${wanted})`);
    }
  } finally {
    // Of a drill that was broken off too: what it has seen until then tells why.
    table.close();
    tell(describeDrill(facts, timeline), drill.root, progress);
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

function faultsOf({ failures }: Timeline, { lost, doubled, unfinished }: LoadOutcome): string[] {
  const failed = failures.map(({ atMs, phase, reason }) => `${(atMs / 1_000).toFixed(1)} s, ${phase}: ${reason}`);
  return [...failed.slice(0, SHOWN_FAULTS), ...[...lost, ...doubled, ...unfinished].slice(0, SHOWN_FAULTS)];
}
