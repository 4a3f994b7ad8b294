import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Layout } from '../layout';
import { replaceFile } from './durable-files';

const HELP = {
  aitbc_backup_last_success_timestamp_seconds: 'When the last backup that succeeded was finished.',
  aitbc_backup_last_size_bytes: 'Size of the last backup that succeeded.',
  aitbc_backup_last_duration_seconds: 'How long the last backup that succeeded took.',
  aitbc_backup_last_exit_code: 'Exit code of the last backup: 0 when it succeeded.',
};

type MetricName = keyof typeof HELP;

const NAMES = Object.keys(HELP) as MetricName[];

/** How a backup has ended. */
export type BackupOutcome =
  | { readonly exitCode: 0; readonly finishedAt: Date; readonly bytes: number; readonly seconds: number }
  | { readonly exitCode: 1 };

/** Where node_exporter's textfile collector finds the figures of backups. */
export function metricsFile(layout: Layout): string {
  return join(layout.state, 'metrics', 'aitbc_backup.prom');
}

/** Writes the figures; those of the last success stay when one has failed. */
export async function writeBackupMetrics(file: string, outcome: BackupOutcome): Promise<void> {
  const values = new Map<string, number>([
    ...lastValues(file),
    ...(outcome.exitCode === 0 ? successValues(outcome) : []),
    ['aitbc_backup_last_exit_code', outcome.exitCode] as const,
  ]);
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 });
  const lines = NAMES.flatMap((name) => {
    const value = values.get(name);
    return value === undefined ? [] : [`# HELP ${name} ${HELP[name]}`, `# TYPE ${name} gauge`, `${name} ${value}`];
  });
  // Others read it: it holds no secret.
  await replaceFile(file, `${lines.join('\n')}\n`, 0o644);
}

function successValues({
  finishedAt,
  bytes,
  seconds,
}: Extract<BackupOutcome, { exitCode: 0 }>): [MetricName, number][] {
  return [
    ['aitbc_backup_last_success_timestamp_seconds', finishedAt.getTime() / 1_000],
    ['aitbc_backup_last_size_bytes', bytes],
    ['aitbc_backup_last_duration_seconds', seconds],
  ];
}

function lastValues(file: string): [string, number][] {
  if (!existsSync(file)) return [];
  const samples = readFileSync(file, 'utf8').matchAll(/^(aitbc_backup_\w+) (\S+)$/gm);
  return [...samples].map(([, name = '', value]) => [name, Number(value)]);
}
