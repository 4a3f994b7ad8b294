import { runProgram, UsageError } from '@aitbc/operator-programs';
import { constants, setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { databaseOf, namedDatabase } from './backup/address';
import { metricsFile, writeBackupMetrics, type BackupOutcome } from './backup/backup-metrics';
import { BackupsFolder } from './backup/backups-folder';
import { operatorErrorOf } from './backup/failures';
import { type MadeBackup, makeBackup, mebibytes } from './backup/make-backup';
import { bytesOf } from './backup/manifest';
import { TerminalProgress } from './backup/terminal-progress';
import { Layout } from './layout';

const DEFAULT_KEEP = 14;
const USAGE = `usage: backup [--root DIR] [--database URL] [--to FOLDER] [--keep N] [--json]
  --database  default: DATABASE_URL of /etc/aitbc/platform.env, or sqlite:/var/lib/aitbc/coordinator.db
  --to        folder of the backups; default: /var/backups/aitbc
  --keep      how many stay, the new one too; default: ${DEFAULT_KEEP}
The services go on working. All paths are below --root (or AITBC_ROOT).`;

/** `backup`: a copy of everything that cannot be made again. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      root: { type: 'string' },
      database: { type: 'string' },
      to: { type: 'string' },
      keep: { type: 'string', default: String(DEFAULT_KEEP) },
      json: { type: 'boolean', default: false },
    },
  });
  const keep = Number(values.keep);
  if (!Number.isSafeInteger(keep) || keep < 1) throw new UsageError('--keep must be a whole number of at least 1');
  // The services come first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const layout = new Layout(values.root);
  const progress = new TerminalProgress(process.stderr);
  try {
    const database = values.database === undefined ? databaseOf(layout) : namedDatabase(values.database);
    const folder = new BackupsFolder(values.to ?? layout.backups);
    const made = await makeBackup({ layout, database, folder, keep, progress });
    await tellMetrics(layout, outcomeOf(made));
    progress.end();
    process.stdout.write(values.json ? json(made) : text(made));
    return 0;
  } catch (error) {
    await tellMetrics(layout, { exitCode: 1 });
    progress.end();
    throw operatorErrorOf(error, 'no backup was made; the older ones are as they were');
  }
}

function outcomeOf({ manifest }: MadeBackup): BackupOutcome {
  return {
    exitCode: 0,
    finishedAt: new Date(manifest.finishedAt),
    bytes: bytesOf(manifest),
    seconds: secondsOf(manifest),
  };
}

/** The backup is what it is, whether the figures can be written or not. */
async function tellMetrics(layout: Layout, outcome: BackupOutcome): Promise<void> {
  const file = metricsFile(layout);
  await writeBackupMetrics(file, outcome).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`the figures of this backup could not be written to ${file}: ${why}\n`);
  });
}

function json({ path, manifest, removed }: MadeBackup): string {
  return `${JSON.stringify({ path, removed, ...manifest }, null, 2)}\n`;
}

function text({ path, manifest, removed }: MadeBackup): string {
  const { counts } = manifest.database;
  const counted = ['agent_executions', 'execution_events', 'execution_receipts', 'jobs', 'job_receipts']
    .filter((table) => table in counts)
    .map((table) => `${counts[table] ?? 0} ${table.replaceAll('_', ' ')}`);
  const lines = [
    `${path}: ${mebibytes(bytesOf(manifest))} in ${secondsOf(manifest).toFixed(1)} s`,
    `  ${counted.join(', ')}`,
    ...removed.map((name) => `  removed ${name}`),
  ];
  return `${lines.join('\n')}\n`;
}

function secondsOf({ startedAt, finishedAt }: MadeBackup['manifest']): number {
  return (Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000;
}

runProgram(USAGE, main);
