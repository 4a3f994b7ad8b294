import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SqliteConnection } from '../backup/sqlite-connection';
import { eachInstalled } from '../testing/installed';
import { ENDED_AT, makeSampleDatabase } from '../testing/sample-database';
import { checkBackup, type Restored } from './restore-backup';

const current = eachInstalled();
let installed: ReturnType<typeof current>;
beforeEach(() => {
  installed = current();
});

const target = () => installed.folder.file('restored/coordinator.db');
const failed = ({ checks }: Restored) => checks.filter(({ ok }) => !ok).map(({ name }) => name);
const detail = ({ checks }: Restored) => checks.find(({ ok }) => !ok)?.detail;

it('gives back the database when all of it verifies', async () => {
  const { path } = await installed.backUp();
  const restored = await installed.restore(path, target());
  expect(restored).toMatchObject({ ok: true, outcome: [`Restored as ${target()}.`] });
  const looked = Object.fromEntries(restored.checks.map(({ name, checked }) => [name, checked]));
  expect(looked).toMatchObject({ files: 1, events: 14, receipts: 3, 'job receipts': 3, 'current release': 0 });
  expect(readdirSync(installed.folder.file('restored'))).toEqual(['coordinator.db']);
  expect(statSync(target()).mode & 0o077).toBe(0);
});

it('looks at every row of tables that are longer than a page', async () => {
  rmSync(installed.database);
  await makeSampleDatabase(`sqlite:${installed.database}`, 120);
  const { path } = await installed.backUp();
  const { ok, checks } = await installed.restore(path, target());
  const looked = Object.fromEntries(checks.map(({ name, checked }) => [name, checked]));
  expect({ ok, ...looked }).toMatchObject({ ok: true, events: 482, receipts: 120, 'job receipts': 120 });
});

describe('what it finds', () => {
  it.each([
    [
      'a changed input',
      `UPDATE agent_executions SET inputs = '{"n":2}' WHERE id = 'exec_2'`,
      'receipts',
      'exec_2: it says inputs_hash',
    ],
    [
      'a changed output of a step',
      `UPDATE agent_step_executions SET output = '1' WHERE id = 'step_1'`,
      'receipts',
      'its steps are not those',
    ],
    [
      'a changed cost',
      `UPDATE agent_step_executions SET cost = 14 WHERE id = 'step_1'`,
      'receipts',
      'its steps are not those',
    ],
    [
      'a changed result',
      `UPDATE agent_executions SET final_result = '1' WHERE id = 'exec_1'`,
      'receipts',
      'result_hash',
    ],
    [
      'a receipt of another one',
      `UPDATE execution_receipts SET jws = (SELECT jws FROM execution_receipts WHERE id = 'rcpt_2'), steps = (SELECT steps FROM execution_receipts WHERE id = 'rcpt_2') WHERE id = 'rcpt_1'`,
      'receipts',
      'no step names the job receipt rcpt_job_1',
    ],
    [
      'another owner',
      `UPDATE agent_executions SET owner_id = 'bob'`,
      'receipts',
      'it says owner_id alice, and bob is stored',
    ],
    [
      'entries that are not signed',
      `UPDATE execution_receipts SET steps = replace(steps, '"attempt":1', '"attempt":2') WHERE id = 'rcpt_1'`,
      'receipts',
      'steps_root',
    ],
    [
      'a step that is gone',
      `DELETE FROM agent_step_executions WHERE id = 'step_3'`,
      'receipts',
      'its steps are not those',
    ],
    [
      'a job result that was changed',
      `UPDATE jobs SET result = '2' WHERE id = 'job_1'`,
      'job receipts',
      'it says result_hash',
    ],
    [
      'a miner that did not sign',
      `UPDATE job_receipts SET miner_key = (SELECT public_jwk FROM signing_keys) WHERE id = 'rcpt_job_1'`,
      'job receipts',
      'miner_signature',
    ],
    [
      'a completed job without a receipt',
      `INSERT INTO jobs (id, state) VALUES ('job_9', 'COMPLETED')`,
      'job receipts',
      'job_9 is completed, and has no receipt',
    ],
    [
      'an event that is gone',
      `DELETE FROM execution_events WHERE execution_id = 'exec_2' AND seq = 2`,
      'events',
      'exec_2 counts 4 events and has 3',
    ],
    [
      'the newest event that is gone',
      `DELETE FROM execution_events WHERE execution_id = 'exec_running' AND seq = 2`,
      'events',
      'exec_running counts 2',
    ],
    [
      'events in another order',
      `UPDATE execution_events SET rowid = 1000 WHERE execution_id = 'exec_1' AND seq = 1`,
      'events',
      '1 events of exec_1 stand before earlier ones',
    ],
  ])('%s', async (_, change, check, why) => {
    const { path } = await installed.backUpAfter(change);
    // A day after the end retention may take an execution apart; these are fresh.
    const restored = await judgedAt(path, ENDED_AT + 1_000);
    expect(failed(restored)).toEqual([check]);
    expect(detail(restored)).toContain(why);
  });

  it('a key that is gone', async () => {
    const { path } = await installed.backUpAfter(`UPDATE signing_keys SET kid = 'other'`);
    expect(failed(await installed.restore(path, target()))).toEqual(['receipts', 'job receipts']);
  });

  it('rows that are fewer than were counted, and a feed that ends elsewhere', async () => {
    const { path } = await installed.backUp();
    const manifest = join(path, 'backup.json');
    const text = readFileSync(manifest, 'utf8');
    writeFileSync(manifest, text.replace('"jobs": 3', '"jobs": 4').replace('"highestPlace": 14', '"highestPlace": 15'));
    expect(failed(await installed.restore(path, target()))).toEqual(['tables', 'feed']);
  });

  it('a migration that the current release does not know', async () => {
    const { path } = await installed.backUp();
    const release = installed.layout.current('agent-management');
    mkdirSync(release, { recursive: true });
    writeFileSync(join(release, 'main.js'), 'class AgentContext1780000000000 {}');
    const restored = await installed.restore(path, target());
    expect(failed(restored)).toEqual(['current release']);
    expect(detail(restored)).toContain('it does not know Platform1779999999000: install a newer one');
    expect(detail(restored)).not.toContain('AgentContext1780000000000');
  });
});

/** A backup that was made at some other instant. */
async function judgedAt(path: string, startedAt: number): Promise<Restored> {
  const manifest = join(path, 'backup.json');
  const text = readFileSync(manifest, 'utf8').replace(
    /"startedAt": "[^"]*"/,
    `"startedAt": "${new Date(startedAt).toISOString()}"`,
  );
  writeFileSync(manifest, text);
  return installed.restore(path, target());
}

it('takes no offence at an execution that retention is taking apart', async () => {
  const { path } = await installed.backUpAfter(
    `DELETE FROM execution_events WHERE execution_id = 'exec_2' AND seq < 3`,
  );
  const restored = await installed.restore(path, target());
  expect(failed(restored)).toEqual([]);
  expect(restored.checks.find(({ name }) => name === 'events')?.detail).toContain('1 were being deleted by retention');
});

it('leaves what does not hold where no service finds it', async () => {
  const { path } = await installed.backUpAfter(`UPDATE jobs SET result = '2'`);
  const restored = await installed.restore(path, target());
  expect(restored.ok).toBe(false);
  expect(existsSync(target())).toBe(false);
  expect(existsSync(`${target()}.unverified`)).toBe(true);
  expect(restored.outcome.join()).toContain(`${target()}.unverified`);
});

it.each([
  [
    'was changed',
    (file: string) => writeFileSync(file, Buffer.concat([readFileSync(file).subarray(0, -1), Buffer.of(1)])),
  ],
  ['is longer', (file: string) => appendFileSync(file, 'x')],
])('restores nothing of a backup that %s', async (_, damage) => {
  const { path } = await installed.backUp();
  damage(join(path, 'coordinator.db'));
  const restored = await installed.restore(path, target());
  expect(failed(restored)).toEqual(['files']);
  expect(existsSync(installed.folder.file('restored'))).toBe(false);
});

describe('a database that is there', () => {
  it('is not overwritten', async () => {
    const { path } = await installed.backUp();
    await expect(installed.restore(path, installed.database)).rejects.toThrow('exists: with --replace');
  });

  it('is kept under another name, with all that it had', async () => {
    const { path } = await installed.backUp();
    await installed.change('DELETE FROM job_receipts');
    const { outcome } = await installed.restore(path, installed.database, true);
    const names = readdirSync(installed.layout.state).sort();
    expect(names).toEqual(['coordinator.db', expect.stringMatching(/^coordinator\.db\.before-\d{8}T\d{6}\.\d{3}Z$/)]);
    expect(outcome[1]).toContain(names[1]);
    const counts = await Promise.all(names.map((name) => countOf(join(installed.layout.state, name), 'job_receipts')));
    expect(counts).toEqual([3, 0]);
  });

  it('is kept with its log when it is broken', async () => {
    const { path } = await installed.backUp();
    writeFileSync(installed.database, 'no database'.repeat(500));
    writeFileSync(`${installed.database}-wal`, 'log');
    expect((await installed.restore(path, installed.database, true)).ok).toBe(true);
    const names = readdirSync(installed.layout.state);
    expect(names).toContainEqual(expect.stringMatching(/^coordinator\.db\.before-.*Z-wal$/));
    expect(names).not.toContain('coordinator.db-wal');
    expect(await countOf(installed.database, 'job_receipts')).toBe(3);
  });

  it('is not replaced while somebody has it open', async () => {
    const { path } = await installed.backUp();
    const service = await SqliteConnection.openExisting(installed.database);
    await service.query('SELECT count(*) FROM jobs');
    await expect(installed.restore(path, installed.database, true)).rejects.toThrow('is open in another process');
    await service.close();
    expect((await installed.restore(path, installed.database, true)).ok).toBe(true);
  });
});

it('is not restored while a service of the installation answers', async () => {
  const { path } = await installed.backUp();
  const server = createServer((_, res) => res.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(installed.layout.configuration, 'agent-management.env'), `PORT=${port}\n`);
  await expect(installed.restore(path, installed.database, true)).rejects.toThrow(
    `agent-management answers at port ${port}`,
  );
  // Elsewhere it is in nobody's way.
  expect((await installed.restore(path, target())).ok).toBe(true);
  await new Promise((resolve) => server.close(resolve));
  expect((await installed.restore(path, installed.database, true)).ok).toBe(true);
});

it('is checked where it is, and not changed by that', async () => {
  const { path } = await installed.backUp();
  const before = readdirSync(path);
  const checked = await checkBackup({ layout: installed.layout, folder: path, progress: installed.progress });
  expect(checked).toMatchObject({ ok: true, outcome: ['This backup can be restored.'] });
  expect(readdirSync(path)).toEqual(before);
  expect((await installed.restore(path, target())).ok).toBe(true);
});

async function countOf(file: string, table: string): Promise<number | undefined> {
  const connection = await SqliteConnection.openReadOnly(file);
  const [row] = await connection.query<{ rows: number }>(`SELECT count(*) AS "rows" FROM ${table}`);
  await connection.close();
  return row?.rows;
}
