import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DrillOutcome, type DrillStage, runRoutedDrill } from './cutover/routed-drill';
import { runCutover } from './cutover/run-cutover';
import { loadVerdicts, servedVerdict, shadowVerdict, type ShadowTotals } from './cutover/verdicts';
import { runDrill } from './drills/run-drill';
import { SERVICE } from './routing/routed-services';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');
const RELEASE = 'monolith';
/** What is asked for is a little more than what must be reached. */
const WANTED_PER_SECOND = 200;
const USAGE = 'usage: npm run drill:cutover -- [--long] [--flips N] [--rate REQUESTS_PER_SECOND] [--stay MS]';

interface CutoverOptions {
  readonly flips: number;
  readonly perSecond: number;
  readonly stayMs: number;
}

/** `npm run drill:cutover`: all that may happen on the day, under load; true when nobody noticed. */
async function cutover({ services, timeline, folder }: DrillStage, options: CutoverOptions): Promise<DrillOutcome> {
  const shadowFolder = join(folder, 'shadow');
  const load = await runCutover({ services, timeline, shadowFolder, release: RELEASE, ...options });
  const shadow = JSON.parse(readFileSync(join(shadowFolder, 'report.json'), 'utf8')) as { totals: ShadowTotals };
  const verdicts = [
    ...loadVerdicts(timeline, load, WANTED_PER_SECOND),
    servedVerdict(timeline.total(), [SERVICE, RELEASE, 'coordinator-api']),
    shadowVerdict(shadow.totals),
  ];
  return { verdicts, load, notes: { shadow } };
}

function optionsOf(args: string[]): CutoverOptions {
  const { values } = parseArgs({
    args,
    options: {
      long: { type: 'boolean', default: false },
      flips: { type: 'string' },
      rate: { type: 'string' },
      stay: { type: 'string' },
    },
  });
  const options = {
    flips: Number(values.flips ?? (values.long ? 100 : 10)),
    perSecond: Number(values.rate ?? 240),
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
