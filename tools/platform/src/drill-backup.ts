import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { localPostgresBin, startLocalPostgres } from './backups/local-postgres';
import { type BackupRecord, runBackups, type Round } from './backups/run-backups';
import { backupVerdicts, faultsOf } from './backups/verdicts';
import { runDrill } from './drills/run-drill';
import type { Timeline } from './drills/report/timeline';
import { type DrillOutcome, watchedDrill } from './drills/watched-drill';
import type { Progress } from './progress';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');
const PER_SECOND = 120;
const USAGE = `usage: npm run drill:backup -- [--backups N] [--resume N] [--seed N]
  --backups  at random instants on SQLite; default: 20. One more on PostgreSQL where a server is installed
  --resume   how many of the restored copies are started; default: all
  --seed     of the instants; default: a new one, which is printed`;

interface DrillOptions {
  readonly backups: number;
  readonly resume: number;
  readonly seed: number;
}

/** `npm run drill:backup`: backups under load, each restored, verified and resumed; true when nothing was lost. */
async function drill(options: DrillOptions, progress: Progress, signal: AbortSignal): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-backup-'));
  progress.say(`Seed ${options.seed}; ${options.resume} of ${options.backups} restored copies will be started`);
  try {
    const watched = { root: ROOT, name: 'backup', options: { ...options } };
    const run = (timeline: Timeline) => rounds(options, { folder, timeline, progress, signal });
    return await watchedDrill(watched, run, progress);
  } catch (error) {
    // Ctrl-C reaches the programs that are run here as well: that they failed is what was asked for.
    signal.throwIfAborted();
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Stage {
  readonly folder: string;
  readonly timeline: Timeline;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

async function rounds({ backups, resume, seed }: DrillOptions, stage: Stage): Promise<DrillOutcome> {
  const { folder, timeline, progress, signal } = stage;
  const shared = {
    ...{ folder, timeline, signal, perSecond: PER_SECOND, random: randomOf(seed) },
    dist: join(ROOT, 'dist'),
    onLine: (app: string, line: string) => progress.keep(app, line),
  };
  const records = await runBackups({ ...shared, name: 'SQLite', backups, resumed: resume });
  const onServer = await postgresRound(shared, progress);
  const all = [...records, ...onServer];
  return {
    verdicts: backupVerdicts(all, backups + onServer.length, timeline),
    faults: faultsOf(all),
    notes: { backups: all },
  };
}

/** One backup on a server that comes with its own `pg_dump`. */
async function postgresRound(
  shared: Omit<Round, 'name' | 'backups' | 'resumed'>,
  progress: Progress,
): Promise<BackupRecord[]> {
  const bin = localPostgresBin();
  if (bin === undefined) {
    progress.say('PostgreSQL was NOT tried: no server is installed (apt-get install postgresql)');
    return [];
  }
  const server = await startLocalPostgres(bin);
  try {
    const newDatabase = (name: string) => server.createDatabase(name);
    return await runBackups({ ...shared, name: 'PostgreSQL', backups: 1, resumed: 1, newDatabase });
  } finally {
    await server.stop();
  }
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function optionsOf(args: string[]): DrillOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { backups: text, resume: text, seed: text } });
  const backups = Number(values.backups ?? 20);
  const resume = Number(values.resume ?? backups);
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  const isRight = [backups, resume, seed].every((each) => Number.isSafeInteger(each) && each >= 0);
  if (isRight && backups > 0 && resume > 0 && resume <= backups) return { backups, resume, seed };
  throw new Error(USAGE);
}

runDrill((args, progress, signal) => drill(optionsOf(args), progress, signal));
