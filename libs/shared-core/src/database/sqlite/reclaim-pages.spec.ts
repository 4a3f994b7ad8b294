import { statSync } from 'node:fs';
import sqlite3 from 'sqlite3';
import { describeOnEngines } from '../../testing/database-engines';
import { memoryLogger } from '../../testing/memory-logger';
import { temporaryFolder } from '../../testing/temporary-folder';
import type { Database } from '../database';
import { openDatabase } from '../open-database';
import { LEDGER } from '../testing/ledger';
import { SqliteHandle } from './sqlite-handle';

const ROWS = 2_000;

async function fillAndEmpty(db: Database): Promise<void> {
  for (let n = 0; n < ROWS; n += 100) {
    await db.writeSet(async (sql) => {
      for (let k = n; k < n + 100; k += 1) {
        await sql.query('INSERT INTO counters (id, value) VALUES ($1, 1)', [String(k).padEnd(60, 'x')]);
      }
    });
  }
  await db.writeSet((sql) => sql.query('DELETE FROM counters'));
}

describe('pages that hold nothing any more', () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('go back to the file system, some at a time', async () => {
    const path = folder.file('shrinks.db');
    const db = await openDatabase({ url: `sqlite:${path}`, ...LEDGER });
    await fillAndEmpty(db);
    const pages = () => db.readSql((sql) => sql.query<{ n: number }>('SELECT page_count AS n FROM pragma_page_count'));
    const before = (await pages())[0]?.n ?? 0;
    expect(await db.reclaimPages(10)).toBe(10);
    expect((await pages())[0]?.n).toBe(before - 10);
    let steps = 0;
    while ((await db.reclaimPages(10)) > 0) steps += 1;
    expect(steps).toBeGreaterThan(2);
    await db.close();
    expect(statSync(path).size).toBeLessThan((before * 4_096) / 2);
  });

  it('stay in a file that was made without incremental vacuum, which goes on working', async () => {
    const path = folder.file('old.db');
    const old = new SqliteHandle(new sqlite3.Database(path));
    await old.execute('CREATE TABLE t (id text)');
    await old.close();
    const db = await openDatabase({ url: `sqlite:${path}`, ...LEDGER, logger: memoryLogger().logger });
    await fillAndEmpty(db);
    expect(await db.reclaimPages(10)).toBe(0);
    await fillAndEmpty(db);
    await db.close();
  });
});

describeOnEngines('giving back pages', (engine) => {
  it('does nothing where there are none, and is no part of another unit', async () => {
    const db = await engine.openDatabase(LEDGER);
    expect(await db.reclaimPages(10)).toBe(0);
    await expect(db.write(() => db.reclaimPages(10))).rejects.toThrow();
  });
});
