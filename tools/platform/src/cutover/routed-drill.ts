import type { Timeline } from '../drills/report/timeline';
import { type DrillOutcome, type WatchedDrill, watchedDrill } from '../drills/watched-drill';
import { unlessAborted } from '../interruption';
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

export interface RoutedDrill extends WatchedDrill {
  /** As in `deploy/releases.json`. */
  readonly release: string;
  /** Of all services. */
  readonly variables: Readonly<Record<string, string>>;
  readonly run: (stage: DrillStage) => Promise<DrillOutcome>;
}

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
      const run = (timeline: Timeline) => drill.run({ services, folder, timeline });
      return await unlessAborted(signal, watchedDrill(drill, run, progress));
    } finally {
      await services.stop();
    }
  });
}
