import { readFile } from 'node:fs/promises';
import sqlite3 from 'sqlite3';
import { temporaryFolder } from '../../testing/temporary-folder';
import { waitFor } from '../../testing/wait-for';
import type { Database } from '../database';
import { openDatabase } from '../open-database';
import { entry, EntryEntity, LEDGER } from '../testing/ledger';
import { SqliteHandle } from './sqlite-handle';

describe('the writer of a SQLite file', () => {
  const folder = temporaryFolder();
  const opened: Database[] = [];
  let files = 0;

  afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())));
  afterAll(() => folder.remove());

  async function open(lockWaitMs = 5_000): Promise<{ database: Database; path: string }> {
    const path = folder.file(`${(files += 1)}.db`);
    const database = await openDatabase({ url: `sqlite:${path}`, ...LEDGER, lockWaitMs });
    opened.push(database);
    return { database, path };
  }

  /** Another connection that holds the write lock until the returned function is called. */
  async function holdLock(path: string): Promise<() => Promise<void>> {
    const other = new SqliteHandle(new sqlite3.Database(path));
    await other.execute('BEGIN IMMEDIATE');
    return async () => {
      await other.execute('ROLLBACK');
      await other.close();
    };
  }

  const insert = (database: Database, id: string, counterId = 'shared') =>
    database.write((manager) => manager.insert(EntryEntity, entry(id, { counterId })));
  const ids = (database: Database) =>
    database.readSql((sql) => sql.query<{ id: string }>('SELECT id FROM entries ORDER BY rowid'));

  it('rejects every unit of a batch whose COMMIT fails, and goes on with the next', async () => {
    const { database } = await open();
    let followedUp = false;
    const good = database.write(async (manager) => {
      database.afterCommit(() => (followedUp = true));
      await manager.insert(EntryEntity, entry('good'));
    });
    // The foreign key is deferred: only the COMMIT finds out.
    const outcomes = await Promise.allSettled([
      good,
      insert(database, 'dangling', 'no such counter'),
      insert(database, 'c'),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'dependency_unavailable' } });
    }
    expect(followedUp).toBe(false);
    await insert(database, 'next');
    expect(await ids(database)).toEqual([{ id: 'next' }]);
    expect(database.stats()).toMatchObject({ unitsCommitted: 1, unitsRolledBack: 3, batches: 1 });
  });

  it('runs units strictly in the order of their calls, write and writeSet alike, many to a commit', async () => {
    const { database } = await open();
    const calls = Array.from({ length: 40 }, (_, n) =>
      n % 2 === 0
        ? insert(database, `e${n}`)
        : database.writeSet((sql) => sql.query(`INSERT INTO entries VALUES ($1, 0, false, 'shared')`, [`e${n}`])),
    );
    await Promise.all(calls);
    expect(await ids(database)).toEqual(calls.map((_, n) => ({ id: `e${n}` })));
    expect(database.stats().unitsCommitted).toBe(40);
    expect(database.stats().batches).toBeLessThan(40);
  });

  it('waits for a lock that another process holds', async () => {
    const { database, path } = await open();
    const release = await holdLock(path);
    const waiting = insert(database, 'a');
    await waitFor(() => database.stats().retries > 5);
    // What is counted when the lock is there says nothing of one that never comes.
    expect(database.stats().writerWaitMs).toBeGreaterThan(0);
    await release();
    await waiting;
  });

  it('gives up after the lock wait, with an error that says to try again, and then goes on', async () => {
    const { database, path } = await open(100);
    const release = await holdLock(path);
    await expect(insert(database, 'a')).rejects.toMatchObject({ code: 'dependency_unavailable', retryAfterSeconds: 1 });
    await release();
    await insert(database, 'b');
    expect(await ids(database)).toEqual([{ id: 'b' }]);
  });

  it('lets queued units finish when it is closed, and refuses new calls', async () => {
    const { database, path } = await open();
    const queued = [insert(database, 'a'), insert(database, 'b')];
    const closed = database.close();
    await expect(insert(database, 'c')).rejects.toMatchObject({ code: 'draining' });
    await expect(database.read((manager) => manager.count(EntryEntity))).rejects.toMatchObject({ code: 'draining' });
    await expect(database.ping()).rejects.toMatchObject({ code: 'draining' });
    await Promise.all([...queued, closed]);
    await database.close();
    // The WAL was checkpointed and removed: the one file holds everything.
    await expect(readFile(`${path}-wal`)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
