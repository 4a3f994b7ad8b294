import { LiveTable } from '../drills/report/live-table';
import { Timeline } from '../drills/report/timeline';
import type { Verdict } from '../drills/report/verdict';
import { unlessAborted } from '../interruption';
import type { LoadOutcome } from '../load/work';
import type { Progress } from '../progress';
import { builtRelease } from '../releases/build-release';
import { releaseNamed } from '../releases/release';
import { requireNginx } from '../routing/nginx-process';
import { RoutedServices } from '../routing/routed-services';
import { inRouterFolder } from '../routing/router-folder';

export interface DrillStage {
  readonly services: RoutedServices;
  readonly timeline: Timeline;
  /** Temporary. */
  readonly folder: string;
}

export interface DrillOutcome {
  readonly verdicts: readonly Verdict[];
  readonly load: LoadOutcome;
  /** Of the report. */
  readonly notes?: Readonly<Record<string, unknown>>;
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

/** Has a drill run on services behind a router, and tells what came of it; true when all promises were kept. */
export async function runRoutedDrill(drill: RoutedDrill, progress: Progress, signal: AbortSignal): Promise<boolean> {
  requireNginx();
  const { root, variables } = drill;
  const release = releaseNamed(root, drill.release);
  progress.say(`Building the release '${release.name}' (${release.commit}), unless it is there`);
  const dist = await unlessAborted(signal, builtRelease(root, release));
  return inRouterFolder(async (folder) => {
    const onLine = (process: string, line: string) => progress.keep(process, line);
    const { name } = release;
    const services = await RoutedServices.start({ root, folder, release: { name, dist }, onLine, variables });
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
  timeline.watch(new LiveTable(process.stdout));
  const { verdicts, load } = await drill.run({ ...stage, timeline });
  for (const fault of faultsOf(timeline, load)) progress.show(`FAULT   ${fault}`);
  for (const { kept, what, wanted, seen } of verdicts) {
    progress.show(`${kept ? 'kept  ' : 'BROKEN'}  ${what}: ${seen} (wanted: ${wanted})`);
  }
  return verdicts.every(({ kept }) => kept);
}

function faultsOf({ failures }: Timeline, { lost, doubled, unfinished }: LoadOutcome): string[] {
  const failed = failures.map(({ atMs, phase, reason }) => `${(atMs / 1_000).toFixed(1)} s, ${phase}: ${reason}`);
  return [...failed.slice(0, SHOWN_FAULTS), ...[...lost, ...doubled, ...unfinished].slice(0, SHOWN_FAULTS)];
}
