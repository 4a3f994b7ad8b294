import { statSync } from 'node:fs';
import sqlite3 from 'sqlite3';
import { memoryLogger } from '../../testing/memory-logger';
import { temporaryFolder } from '../../testing/temporary-folder';
import { openDatabase } from '../open-database';
import { LEDGER } from '../testing/ledger';
import { assertWriterPragmas, setWriterPragmas } from './pragmas';
import { SqliteHandle } from './sqlite-handle';

describe('the settings of a SQLite file', () => {
  const folder = temporaryFolder();
  const { logger } = memoryLogger();
  afterAll(() => folder.remove());

  it.each([
    ['synchronous = NORMAL', 'synchronous is 1'],
    ['foreign_keys = OFF', 'foreign_keys is 0'],
    ['busy_timeout = 1000', 'busy_timeout is 1000'],
    ['journal_mode = DELETE', 'journal_mode is delete'],
  ])('a start with %s is refused', async (pragma, complaint) => {
    const handle = new SqliteHandle(new sqlite3.Database(folder.file('pragmas.db')));
    await setWriterPragmas(handle, 1_000, logger);
    await expect(assertWriterPragmas(handle)).resolves.toBeUndefined();
    await handle.execute(`PRAGMA ${pragma}`);
    await expect(assertWriterPragmas(handle)).rejects.toThrow(complaint);
    await handle.close();
  });

  it('a database in memory is refused, because it cannot be durable', async () => {
    await expect(openDatabase({ url: 'sqlite::memory:', ...LEDGER })).rejects.toThrow('journal_mode is memory');
  });

  it('an opened file has a WAL, and gives back free pages', async () => {
    const path = folder.file('opened/in/a/new/folder.db');
    const database = await openDatabase({ url: `sqlite:${path}`, ...LEDGER });
    const settings = await database.readSql((sql) =>
      sql.query(
        `SELECT (SELECT journal_mode FROM pragma_journal_mode) AS journal, auto_vacuum FROM pragma_auto_vacuum`,
      ),
    );
    expect(settings).toEqual([{ journal: 'wal', auto_vacuum: 2 }]);
    await database.close();
  });

  it('a new file and its WAL can be read by their owner only', async () => {
    const path = folder.file('private.db');
    const database = await openDatabase({ url: `sqlite:${path}`, ...LEDGER });
    await database.write((manager) => manager.query('SELECT 1'));
    expect([path, `${path}-wal`].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
    await database.close();
  });

  it('a file that was made without incremental vacuum is used, with a warning', async () => {
    const path = folder.file('old.db');
    const old = new SqliteHandle(new sqlite3.Database(path));
    await old.execute('CREATE TABLE t (id text)');
    await old.close();
    const { logger: warned, lines } = memoryLogger();
    const database = await openDatabase({ url: `sqlite:${path}`, ...LEDGER, logger: warned });
    await database.close();
    expect(lines).toContainEqual(expect.objectContaining({ level: 'warn', autoVacuum: 0 }));
  });
});
