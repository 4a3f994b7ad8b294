import { Timeline } from '../drills/report/timeline';
import type { BackupRecord } from './run-backups';
import { backupVerdicts, faultsOf } from './verdicts';

const good: BackupRecord = {
  ...{ name: 'SQLite 1', bytes: 1, ms: 1, writes: 5, missing: [], faults: [], unfinished: 2, unresumed: [] },
  checks: { receipts: 3, 'job receipts': 2, events: 9 },
};

const timeline = new Timeline();
timeline.request({ server: 'a', kind: 'write', ms: 1 });

/** What is not kept when one of two backups differs so. */
function brokenBy(changes: Partial<BackupRecord>, wanted = 2): string[] {
  const verdicts = backupVerdicts([good, { ...good, ...changes }], wanted, timeline);
  return verdicts.filter(({ kept }) => !kept).map(({ what }) => what);
}

it('keeps its promises when every backup does', () => {
  expect(brokenBy({})).toEqual([]);
  expect(brokenBy({ unfinished: undefined })).toEqual([]);
});

it.each([
  ['a check that fails', { faults: ['events: a gap'] }, 'Backups that restore and verify'],
  ['a write that is missing', { missing: ['x'] }, 'Acknowledged writes that are missing'],
  ['a copy without receipts', { checks: { 'job receipts': 2, events: 9 } }, 'Verified receipts in each copy'],
  [
    'an execution that does not finish',
    { unresumed: ['x'] },
    'Unfinished executions that finish once, in 2 copies that were started',
  ],
])('breaks one by %s', (_, changes, what) => {
  expect(brokenBy(changes)).toEqual([what]);
});

it('breaks one when a backup was not made, and when a request failed', () => {
  expect(brokenBy({}, 3)).toEqual(['Backups that restore and verify']);
  const failing = new Timeline();
  failing.request({ server: '', kind: 'read', ms: 1, failure: 'GET /: 503' });
  expect(backupVerdicts([good], 1, failing).filter(({ kept }) => !kept)).toMatchObject([
    { seen: '1 of 1, 1 reads and 0 writes' },
  ]);
});

it('has shown nothing when nothing was unfinished', () => {
  const [verdict] = backupVerdicts([{ ...good, unfinished: 0 }], 1, timeline).filter(({ kept }) => !kept);
  expect(verdict?.seen).toBe('0 of 0');
});

it('names the backup of each fault', () => {
  expect(faultsOf([{ ...good, missing: ['a'], unresumed: ['b'] }])).toEqual(['SQLite 1: a', 'SQLite 1: b']);
});
