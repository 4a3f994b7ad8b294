import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repeat } from '../load/clients';
import { pacer } from '../load/pacer';
import type { Bench, Prepared, Scenario } from '../scenario';
import type { JsonClient } from '../service/json-client';
import { type Platform, startPlatform } from '../service/platform';
import { median, percentile } from '../statistics';
import { seedWorkflows } from './seed';
import { createWorkflow, THREE_STEPS, WORKFLOWS } from './workflows';

const WRITERS = 8;
const WRITES_PER_SECOND = 50;

interface BackupReport {
  readonly path: string;
  readonly files: readonly { readonly bytes: number }[];
}

/** What a backup costs those who write meanwhile: creations of workflows, with and without backups one after another. */
export const backup: Scenario = {
  name: 'backup',
  figures: [
    { key: 'size', what: 'a database of 10⁵ workflows, backed up', unit: 'MiB' },
    {
      key: 'time',
      what: `… while ${WRITES_PER_SECOND} workflows a second are created, the program's start included`,
      unit: 'ms',
    },
    { key: 'restore', what: '… restored and verified', unit: 'ms' },
    { key: 'write-p50', what: `POST of a workflow, ${WRITES_PER_SECOND} a second, median`, unit: 'ms' },
    { key: 'write-p99', what: '… 99th percentile', unit: 'ms' },
    { key: 'write-p50-during', what: '… median while backups are made', unit: 'ms' },
    { key: 'write-p99-during', what: '… 99th percentile while backups are made', unit: 'ms' },
  ],
  async prepare(bench: Bench): Promise<Prepared> {
    const platform = await startPlatform(bench);
    const template = await createWorkflow(platform, THREE_STEPS);
    await seedWorkflows(platform.databaseFile, template, bench.scale.workflows);
    return { measure: () => measure(bench, platform), close: () => platform.close() };
  },
};

async function measure(bench: Bench, { client, databaseFile }: Platform): Promise<Record<string, number>> {
  const { durationMs, warmUpMs } = bench.scale;
  await writes(client, warmUpMs);
  const before = await writes(client, durationMs);
  const [during, { size, times, path }] = await Promise.all([
    writes(client, durationMs),
    backUpAgainAndAgain(bench, databaseFile),
  ]);
  const restored = performance.now();
  await operate(bench, 'restore', [path, '--into', join(bench.folder, 'restored.db')]);
  return {
    size: size / 1024 / 1024,
    time: median(times),
    restore: performance.now() - restored,
    'write-p50': median(before),
    'write-p99': percentile(before, 99),
    'write-p50-during': median(during),
    'write-p99-during': percentile(during, 99),
  };
}

/** How long each write took, in milliseconds. */
async function writes(client: JsonClient, durationMs: number): Promise<number[]> {
  const turn = pacer(WRITES_PER_SECOND);
  const times: number[] = [];
  await repeat(WRITERS, durationMs, async () => {
    await turn();
    const began = performance.now();
    await client.post(WORKFLOWS, THREE_STEPS);
    times.push(performance.now() - began);
  });
  return times;
}

async function backUpAgainAndAgain(bench: Bench, databaseFile: string) {
  const end = performance.now() + bench.scale.durationMs;
  const times: number[] = [];
  let report: BackupReport;
  do {
    const began = performance.now();
    const stdout = await operate(bench, 'backup', ['--database', `sqlite:${databaseFile}`, '--keep', '1']);
    times.push(performance.now() - began);
    report = JSON.parse(stdout) as BackupReport;
  } while (performance.now() < end);
  return { times, path: report.path, size: report.files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** @throws Error when the program fails, or what it has restored does not hold. */
async function operate(
  { dist, folder }: Bench,
  program: 'backup' | 'restore',
  args: readonly string[],
): Promise<string> {
  const file = join(dist, 'tools', 'operations', `${program}.js`);
  const root = join(folder, 'installation');
  const { stdout } = await promisify(execFile)(process.execPath, [file, '--root', root, '--json', ...args]);
  return stdout;
}
