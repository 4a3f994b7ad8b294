import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { eachInstalled } from '../testing/installed';
import { mebibytes } from './make-backup';
import { SqliteConnection } from './sqlite-connection';

const current = eachInstalled();
let installed: ReturnType<typeof current>;
beforeEach(() => {
  installed = current();
});

it('says what it is of, and is a database by itself', async () => {
  const { path, manifest } = await installed.backUp();
  const written = JSON.parse(readFileSync(join(path, 'backup.json'), 'utf8')) as object;
  expect(written).toEqual(manifest);
  expect(manifest).toMatchObject({
    engine: 'sqlite',
    database: { counts: { agent_executions: 4, execution_receipts: 3, job_receipts: 3 }, highestPlace: 14 },
    files: [{ path: 'coordinator.db', bytes: statSync(join(path, 'coordinator.db')).size }],
  });
  expect(manifest.database.migrations).toContain('AgentContext1780000000000');
  const copy = await SqliteConnection.openReadOnly(join(path, 'coordinator.db'));
  expect(await copy.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'delete' }]);
  await copy.close();
  expect(readdirSync(path).sort()).toEqual(['backup.json', 'coordinator.db']);
});

it('keeps the order of events, though the oldest are deleted', async () => {
  await installed.change('UPDATE execution_feed SET last_place = 20', 'DELETE FROM execution_events WHERE seq < 3');
  const { path, manifest } = await installed.backUp();
  expect(manifest.database.highestPlace).toBe(20);
  const places = 'SELECT rowid AS place, execution_id, seq FROM execution_events ORDER BY rowid';
  const [origin, copy] = await Promise.all(
    [installed.database, join(path, 'coordinator.db')].map((file) => SqliteConnection.openReadOnly(file)),
  );
  expect(await copy?.query(places)).toEqual(await origin?.query(places));
  await Promise.all([origin?.close(), copy?.close()]);
});

it('has what is committed and still in the write-ahead log, while the database is open', async () => {
  const service = await SqliteConnection.openExisting(installed.database);
  await service.execute('PRAGMA wal_autocheckpoint = 0; DELETE FROM job_receipts');
  expect(statSync(`${installed.database}-wal`).size).toBeGreaterThan(0);
  const { manifest } = await installed.backUp();
  await service.close();
  expect(manifest.database.counts['job_receipts']).toBe(0);
});

it('does not see what is committed after its beginning, and ends though others go on writing', async () => {
  await installed.change(
    'CREATE TABLE ballast (n integer, text text)',
    `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)
     INSERT INTO ballast SELECT n, hex(randomblob(500)) FROM numbers`,
  );
  const service = await SqliteConnection.openExisting(installed.database);
  let written = 0;
  let over = false;
  const writing = (async () => {
    // Each commit changes both tables alike.
    while (!over) {
      await service.execute(`BEGIN; INSERT INTO ballast VALUES (0, 'x');
        INSERT INTO jobs (id) VALUES (hex(randomblob(8))); COMMIT`);
      written += 1;
    }
  })();
  const { path } = await installed.backUp();
  over = true;
  await writing;
  await service.close();
  const copy = await SqliteConnection.openReadOnly(join(path, 'coordinator.db'));
  const [row] = await copy.query<{ ballast: number; jobs: number }>(
    'SELECT (SELECT count(*) FROM ballast WHERE n = 0) AS ballast, (SELECT count(*) FROM jobs) - 3 AS jobs',
  );
  await copy.close();
  expect(written).toBeGreaterThan(0);
  expect(row?.jobs).toBe(row?.ballast);
  expect(row?.jobs).toBeLessThan(written);
});

it('brings along what no release and no database has, readable by nobody else', async () => {
  const { layout } = installed;
  writeFileSync(join(layout.configuration, 'platform.env'), 'SECRET=1\n', { mode: 0o644 });
  writeFileSync(join(layout.configuration, 'miner.env'), `MINER_STATE_DIR="${installed.folder.file('miner')}"\n`);
  mkdirSync(installed.folder.file('miner'));
  writeFileSync(installed.folder.file('miner/miner-key.json'), '{}');
  const ways = join(layout.state, 'router/ways');
  mkdirSync(join(ways, 'sets/000001'), { recursive: true });
  writeFileSync(join(ways, 'sets/000001/ways.json'), '{"agents":"service"}');
  symlinkSync('sets/000001', join(ways, 'current'));
  mkdirSync(layout.current('coordinator-api'), { recursive: true });
  writeFileSync(join(layout.current('coordinator-api'), 'release.json'), '{"version":"1.2.3"}');
  const { path, manifest } = await installed.backUp();
  expect(manifest.releases).toEqual({ 'coordinator-api': '1.2.3' });
  expect(manifest.files.map((file) => file.path)).toEqual([
    'configuration/miner.env',
    'configuration/platform.env',
    'coordinator.db',
    'miner/miner-key.json',
    'router/ways.json',
  ]);
  for (const file of manifest.files) expect(statSync(join(path, file.path)).mode & 0o077).toBe(0);
  expect(statSync(path).mode & 0o077).toBe(0);
});

it('removes the oldest whole backups, and nothing else', async () => {
  const { backups } = installed;
  for (let n = 0; n < 3; n += 1) await installed.backUp();
  const [oldest = ''] = backups.whole();
  for (const name of ['aitbc-notes', 'aitbc-20200101T000000.000Z']) mkdirSync(join(backups.path, name));
  const { removed } = await installed.backUp(3);
  expect(removed).toEqual([oldest]);
  expect(backups.whole()).toHaveLength(3);
  // The second has a name of ours and no manifest: nobody knows what it is.
  expect(readdirSync(backups.path)).toEqual(
    expect.arrayContaining(['aitbc-notes', 'aitbc-20200101T000000.000Z', ...backups.whole()]),
  );
});

it('keeps the older ones when it fails, and leaves nothing of itself', async () => {
  const { path } = await installed.backUp();
  await installed.change('PRAGMA foreign_keys = OFF', `UPDATE job_receipts SET job_id = 'nobodys'`);
  await expect(installed.backUp(1)).rejects.toThrow('a row of job_receipts refers to none of jobs');
  expect(existsSync(path)).toBe(true);
  expect(readdirSync(installed.backups.path)).toEqual([path.slice(path.lastIndexOf('/') + 1)]);
});

it('refuses what is no database of the platform', async () => {
  await expect(installed.backUpAfter('DELETE FROM migrations')).rejects.toThrow('is no database of the platform');
  installed.database = installed.folder.file('none.db');
  await expect(installed.backUp()).rejects.toThrow('there is no database');
});

describe('the lock', () => {
  it('lets one backup be made at a time', async () => {
    const [first, second] = await Promise.allSettled([installed.backUp(), installed.backUp()]);
    expect([first.status, second.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(installed.backups.whole()).toHaveLength(1);
  });

  it('does not outlive the machine: its number may be that of another process by now', async () => {
    mkdirSync(installed.backups.path, { recursive: true });
    const lock = join(installed.backups.path, '.lock');
    writeFileSync(lock, String(process.ppid));
    await expect(installed.backUp()).rejects.toThrow('another change is under way');
    utimesSync(lock, 1, 1);
    await installed.backUp();
    expect(installed.backups.whole()).toHaveLength(1);
  });
});

it('tells sizes in MiB', () => {
  expect(mebibytes(1_572_864)).toBe('1.5 MiB');
});
