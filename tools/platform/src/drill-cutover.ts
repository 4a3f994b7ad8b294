import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DrillStage, runRoutedDrill } from './cutover/routed-drill';
import { runCutover } from './cutover/run-cutover';
import { readShadowReport, unexplainedDifferences } from './cutover/shadow-report';
import { loadVerdicts, servedVerdict, shadowVerdict } from './cutover/verdicts';
import { runDrill } from './drills/run-drill';
import type { DrillOutcome } from './drills/watched-drill';
import { SERVICE } from './routing/routed-services';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');
const RELEASE = 'monolith';
const USAGE = `usage: npm run drill:cutover -- [--long] [--flips N] [--stay MS] [--rate N] [--least N]
  --long   100 flips instead of 10
  --stay   milliseconds that each state lasts
  --rate   requests in a second that are sent, 240 by default
  --least  requests in a second that must be answered, 200 by default`;

interface CutoverOptions {
  readonly flips: number;
  readonly perSecond: number;
  readonly leastPerSecond: number;
  readonly stayMs: number;
}

/** `npm run drill:cutover`: all that may happen on the day, under load; true when nobody noticed. */
async function cutover({ services, timeline, folder }: DrillStage, options: CutoverOptions): Promise<DrillOutcome> {
  const shadowFolder = join(folder, 'shadow');
  const load = await runCutover({ services, timeline, shadowFolder, release: RELEASE, ...options });
  const shadow = readShadowReport(shadowFolder);
  const verdicts = [
    ...loadVerdicts(timeline, load, options.leastPerSecond),
    servedVerdict(timeline.total(), [SERVICE, RELEASE, 'coordinator-api']),
    shadowVerdict(shadow),
  ];
  return { verdicts, load, notes: { shadow }, faults: unexplainedDifferences(shadow) };
}

function optionsOf(args: string[]): CutoverOptions {
  const { values } = parseArgs({
    args,
    options: {
      long: { type: 'boolean', default: false },
      flips: { type: 'string' },
      rate: { type: 'string' },
      least: { type: 'string' },
      stay: { type: 'string' },
    },
  });
  const options = {
    flips: Number(values.flips ?? (values.long ? 100 : 10)),
    // What is sent is a little more than what must be reached.
    perSecond: Number(values.rate ?? 240),
    leastPerSecond: Number(values.least ?? 200),
    stayMs: Number(values.stay ?? (values.long ? 5_000 : 2_000)),
  };
  if (Object.values(options).every((each) => Number.isSafeInteger(each) && each > 0)) return options;
  throw new Error(USAGE);
}

runDrill((args, progress, signal) => {
  const options = optionsOf(args);
  const run = (stage: DrillStage) => cutover(stage, options);
  const variables = { RATE_LIMIT_PER_SECOND: '0' };
  const drill = { root: ROOT, name: 'cutover', release: RELEASE, options: { ...options }, variables, run };
  return runRoutedDrill(drill, progress, signal);
});
