import { temporaryFolder } from '@aitbc/shared-core/testing';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Layout } from '../layout';
import { metricsFile, writeBackupMetrics } from './backup-metrics';

const folder = temporaryFolder();
const file = metricsFile(new Layout(folder.path));
afterAll(() => folder.remove());

const samples = () => readFileSync(file, 'utf8').match(/^aitbc.*$/gm);

it('tells of a first failure that nothing has succeeded yet', async () => {
  await writeBackupMetrics(file, { exitCode: 1 });
  expect(samples()).toEqual(['aitbc_backup_last_exit_code 1']);
});

it('keeps the last success when one fails', async () => {
  const finishedAt = new Date('2026-01-31T09:15:00.000Z');
  await writeBackupMetrics(file, { exitCode: 0, finishedAt, bytes: 1_000, seconds: 2.5 });
  const success = [
    'aitbc_backup_last_success_timestamp_seconds 1769850900',
    'aitbc_backup_last_size_bytes 1000',
    'aitbc_backup_last_duration_seconds 2.5',
  ];
  expect(samples()).toEqual([...success, 'aitbc_backup_last_exit_code 0']);
  await writeBackupMetrics(file, { exitCode: 1 });
  expect(samples()).toEqual([...success, 'aitbc_backup_last_exit_code 1']);
});

it('is a file that the collector may read, with a help and a type for each figure', () => {
  expect(statSync(file).mode & 0o777).toBe(0o644);
  expect(readdirSync(dirname(file))).toEqual(['aitbc_backup.prom']);
  const text = readFileSync(file, 'utf8');
  for (const [, name = ''] of text.matchAll(/^(aitbc_\w+) /gm)) {
    expect(text).toMatch(new RegExp(`^# HELP ${name} \\w.*\n# TYPE ${name} gauge\n${name} `, 'm'));
  }
});
