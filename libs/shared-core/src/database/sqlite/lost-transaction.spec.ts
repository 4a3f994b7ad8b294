import sqlite3 from 'sqlite3';
import { DataSource } from 'typeorm';
import { memoryLogger } from '../../testing/memory-logger';
import { temporaryFolder } from '../../testing/temporary-folder';
import { newCounters } from '../unit-counters';
import { UnitOfWork } from '../unit-of-work';
import { setWriterPragmas } from './pragmas';
import { SqliteUnitAccess } from './sqlite-access';
import { SqliteHandle } from './sqlite-handle';
import { SqliteWriter } from './sqlite-writer';

describe('a disk that is full', () => {
  const folder = temporaryFolder();
  const { logger } = memoryLogger();
  let handle: SqliteHandle;
  let writer: SqliteWriter;
  let access: SqliteUnitAccess;

  beforeAll(async () => {
    const path = folder.file('full.db');
    handle = new SqliteHandle(new sqlite3.Database(path));
    await setWriterPragmas(handle, 1_000, logger);
    await handle.execute('CREATE TABLE t (id text PRIMARY KEY, filling text)');
    writer = new SqliteWriter(handle, { unitLimitMs: 30_000, lockWaitMs: 30_000 }, newCounters(), logger);
    access = new SqliteUnitAccess(new DataSource({ type: 'sqlite', database: path, driver: sqlite3 }), handle);
  });
  afterAll(async () => {
    await writer.drain();
    await handle.close();
    await folder.remove();
  });

  const insert = (id: string, filling = '') =>
    writer.submit(new UnitOfWork('set', access), (unit) =>
      unit.sql.query('INSERT INTO t (id, filling) VALUES ($1, $2)', [id, filling]),
    );

  it('lets no statement of the unit that met it run outside a transaction, and loses no acknowledged unit', async () => {
    await insert('before');
    await handle.execute('PRAGMA max_page_count = 8');
    let after: unknown;
    const full = writer.submit(new UnitOfWork('set', access), async (unit) => {
      await unit.sql.query(`INSERT INTO t (id) VALUES ('of the unit')`);
      await unit.sql
        .query(`INSERT INTO t (id, filling) VALUES ('too large', $1)`, ['x'.repeat(1_000_000)])
        .catch(() => 0);
      after = await unit.sql.query(`INSERT INTO t (id) VALUES ('stray')`).catch((error: unknown) => error);
    });
    const outcomes = await Promise.allSettled([insert('same batch'), full, insert('behind')]);
    await handle.execute('PRAGMA max_page_count = 1000000');
    await insert('later');

    expect(after).toMatchObject({ code: 'dependency_unavailable' });
    expect(outcomes[1]).toMatchObject({ status: 'rejected' });
    const kept = ['same batch', undefined, 'behind'].filter((id, n) => id && outcomes[n]?.status === 'fulfilled');
    const { rows } = await handle.execute('SELECT id FROM t ORDER BY rowid');
    expect(rows).toEqual(['before', ...kept, 'later'].map((id) => ({ id })));
  });
});
