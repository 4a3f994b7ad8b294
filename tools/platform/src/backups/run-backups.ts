import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '@aitbc/shared-core';
import { TimelineRecord } from '../cutover/timeline-record';
import type { Timeline } from '../drills/report/timeline';
import type { PlatformKeys } from '../keys';
import { OutageServices } from '../outage/outage-services';
import { type Acknowledged, missingFrom, writesOf } from './acknowledged';
import { type BackupReport, BuiltInstallation } from './built-installation';
import { RecordedLoad } from './recorded-load';
import { resumeCopy, VARIABLES } from './resume-copy';

export interface Round {
  /** Of the drill: each round has a folder of its own in it. */
  readonly folder: string;
  /** Folder of the built workspace. */
  readonly dist: string;
  readonly name: string;
  readonly backups: number;
  /** How many of them are resumed, the first ones. */
  readonly resumed: number;
  /** Requests in a second. */
  readonly perSecond: number;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly timeline: Timeline;
  /** A new empty database; by default a SQLite file of the installation. */
  readonly newDatabase?: (name: string) => Promise<string>;
  readonly onLine: (app: string, line: string) => void;
  /** Fires when somebody asks for the end. */
  readonly signal: AbortSignal;
}

/** One backup, and what came of it. */
export interface BackupRecord {
  readonly name: string;
  readonly bytes: number;
  readonly ms: number;
  /** Writes that were acknowledged before it began. */
  readonly writes: number;
  readonly missing: readonly string[];
  /** What its restore has verified. */
  readonly checks: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
  /** Unfinished executions in it; `undefined` when it was not resumed. */
  readonly unfinished?: number;
  readonly unresumed: readonly string[];
}

/** The load has made something worth a backup when so many executions have a receipt. */
const WARM_RECEIPTS = 20;
const LOOK_MS = 50;
const LONGEST_PAUSE_MS = 1_500;

interface Taken {
  readonly report: BackupReport;
  readonly acknowledged: Acknowledged;
}

/** Backs services up at random instants while they work, then restores, verifies and resumes each of the backups. */
export async function runBackups(round: Round): Promise<BackupRecord[]> {
  const origin = new BuiltInstallation(join(round.folder, round.name), round.dist);
  const databaseUrl = await databaseOf(round, origin, 'origin');
  const services = await OutageServices.start({
    ...{ dist: round.dist, databaseUrl, onLine: round.onLine, variables: VARIABLES },
    folder: origin.state,
  });
  const { taken, keys } = await takeAll(round, { origin, databaseUrl, services }).finally(() => services.stop());
  const records: BackupRecord[] = [];
  for (const [index, each] of taken.entries()) {
    round.signal.throwIfAborted();
    const isResumed = index < round.resumed;
    const name = `${round.name} ${index + 1} ${isResumed ? 'restored, started' : 'restored'}`;
    const judge = () => judged(round, { name, index, isResumed, taken: each, keys });
    records.push(await round.timeline.span({ name, tolerates: 'nothing' }, judge));
  }
  return records;
}

interface Origin {
  readonly origin: BuiltInstallation;
  readonly databaseUrl: string;
  readonly services: OutageServices;
}

async function takeAll(round: Round, { origin, databaseUrl, services }: Origin) {
  const { timeline, perSecond, backups, random, signal } = round;
  const keys = await services.issueKeys();
  services.startMiner(keys.miner);
  const options = { url: services.urls.agents, key: keys.client, record: new TimelineRecord(timeline), perSecond };
  const load = new RecordedLoad(options);
  const taken: Taken[] = [];
  try {
    await timeline.span({ name: `${round.name} without backups`, tolerates: 'nothing' }, async () => {
      while (receiptsOf(load.acknowledged()) < WARM_RECEIPTS) {
        signal.throwIfAborted();
        await load.whileRunning(sleep(LOOK_MS));
      }
    });
    await timeline.span({ name: `${round.name} with ${backups} backups`, tolerates: 'nothing' }, async () => {
      for (let index = 0; index < backups; index += 1) {
        await sleep(random() * LONGEST_PAUSE_MS);
        signal.throwIfAborted();
        timeline.event(`${round.name} backup ${index + 1}`);
        // Before the program begins: what is acknowledged until now must be in it.
        const acknowledged = load.acknowledged();
        const report = await origin.backup('--database', databaseUrl, '--keep', String(backups));
        taken.push({ report, acknowledged });
      }
    });
  } finally {
    await load.stop();
  }
  return { taken, keys };
}

interface Judged {
  readonly name: string;
  readonly index: number;
  readonly isResumed: boolean;
  readonly taken: Taken;
  readonly keys: PlatformKeys;
}

/** Restores a backup into an empty place, looks for what was acknowledged, and has it go on. */
async function judged(round: Round, { name, index, isResumed, taken, keys }: Judged): Promise<BackupRecord> {
  const { report, acknowledged } = taken;
  const installation = new BuiltInstallation(join(round.folder, `${round.name}-${index + 1}`), round.dist);
  const databaseUrl = await databaseOf(round, installation, `copy_${index + 1}`);
  const { checks } = await installation.restore(report.path, '--database', databaseUrl);
  installation.adoptMinerKey(report.path);
  const record = {
    name,
    bytes: report.files.reduce((sum, { bytes }) => sum + bytes, 0),
    ms: Date.parse(report.finishedAt) - Date.parse(report.startedAt),
    writes: writesOf(acknowledged),
    checks: Object.fromEntries(checks.map((check) => [check.name, check.checked])),
    faults: faultsOf(checks),
  };
  // What does not hold was not put in its place.
  if (record.faults.length > 0) return { ...record, missing: [], unresumed: [] };
  const missing = await missingIn(databaseUrl, acknowledged);
  if (!isResumed) return { ...record, missing, unresumed: [] };
  const { dist, onLine, signal } = round;
  const { unfinished, faults } = await resumeCopy({ installation, databaseUrl, dist, keys, onLine, signal });
  const after = await verifiedAgain(installation, databaseUrl);
  return { ...record, missing, unfinished, unresumed: [...faults, ...after] };
}

/** When all has ended, a backup of the copy must verify as a whole once more, with what was added. */
async function verifiedAgain(installation: BuiltInstallation, databaseUrl: string): Promise<string[]> {
  const { path } = await installation.backup('--database', databaseUrl);
  const { checks } = await installation.restore(path, '--check-only');
  return faultsOf(checks);
}

function receiptsOf({ executions }: Acknowledged): number {
  return [...executions.values()].filter(({ receipt }) => receipt !== undefined).length;
}

function faultsOf(checks: readonly { name: string; ok: boolean; detail: string }[]): string[] {
  return checks.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`);
}

async function missingIn(url: string, acknowledged: Acknowledged): Promise<string[]> {
  const database = await openDatabase({ url, entities: [], migrations: [] });
  try {
    return await missingFrom(database, acknowledged);
  } finally {
    await database.close();
  }
}

async function databaseOf(round: Round, { state }: BuiltInstallation, name: string): Promise<string> {
  return (await round.newDatabase?.(name)) ?? `sqlite:${join(state, 'coordinator.db')}`;
}
