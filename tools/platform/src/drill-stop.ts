import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ServiceName } from './child-app';
import { DrilledService } from './drills/drilled-service';
import { type NginxProcess, requireNginx } from './routing/nginx-process';
import { startPlainNginx } from './routing/plain-nginx';
import { runDrill } from './drills/run-drill';
import { isClean, showReport, showPhase } from './drills/stop-table';
import { type StopReport, stopUnderLoad } from './drills/stop-under-load';
import { unlessAborted } from './interruption';
import { FixedRoute, SuccessorRoute } from './load/route';
import type { Progress } from './progress';

/** This file is bundled into `dist/tools/platform/`. */
const DIST = join(__dirname, '..', '..');
const SERVICES: readonly ServiceName[] = ['coordinator-api', 'agent-management'];
const WAYS = ['directly', 'behind nginx'] as const;
const USAGE = 'usage: npm run drill:stop -- [--runs N] [--answers N]';

interface DrillOptions {
  /** Stops of each service in each way. */
  readonly runs: number;
  /** Answers before each signal, and after each end. */
  readonly answers: number;
}

/** `npm run drill:stop`: SIGTERM under load, directly and behind nginx; true when no request and no write was lost. */
async function drill({ runs, answers }: DrillOptions, progress: Progress, signal: AbortSignal): Promise<boolean> {
  requireNginx();
  const results: boolean[] = [];
  for (const [service, way] of SERVICES.flatMap((each) => WAYS.map((way) => [each, way] as const))) {
    for (let run = 1; run <= runs; run += 1) {
      progress.say(`Stop ${run} of ${runs}, ${service} ${way}`);
      const report = await unlessAborted(signal, oneStop({ service, way, answers }, progress));
      showReport(report, progress);
      results.push(isClean(report));
    }
  }
  const clean = results.filter((each) => each).length;
  progress.say(`${clean} of ${results.length} stops lost nothing.`);
  return clean === results.length;
}

interface Stop {
  readonly service: ServiceName;
  readonly way: (typeof WAYS)[number];
  readonly answers: number;
}

async function oneStop({ service, way, answers }: Stop, progress: Progress): Promise<StopReport> {
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-drill-'));
  const drilled = new DrilledService({
    service,
    dist: DIST,
    databaseUrl: `sqlite:${join(folder, 'coordinator.db')}`,
    onLine: (process, line) => progress.keep(process, line),
  });
  let nginx: NginxProcess | undefined;
  try {
    const leaving = await drilled.start('leaving');
    const replacement = await drilled.start('replacement');
    const keys = await drilled.keys();
    if (way === 'behind nginx')
      nginx = await startPlainNginx(join(folder, 'nginx'), [leaving.server, replacement.server]);
    const router = nginx?.url;
    const route = () =>
      router === undefined ? new SuccessorRoute(leaving.url, replacement.url) : new FixedRoute(router);
    const onPhase = showPhase(progress, [leaving.server, replacement.server]);
    return await stopUnderLoad({ service, leaving, replacement, keys, route, answers, onPhase });
  } finally {
    await nginx?.stop();
    await drilled.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function optionsOf(args: string[]): DrillOptions {
  const { values } = parseArgs({ args, options: { runs: { type: 'string' }, answers: { type: 'string' } } });
  const options = { runs: Number(values.runs ?? 1), answers: Number(values.answers ?? 500) };
  if (Object.values(options).every((each) => Number.isSafeInteger(each) && each > 0)) return options;
  throw new Error(USAGE);
}

runDrill((args, progress, signal) => drill(optionsOf(args), progress, signal));
