import { DataSource } from 'typeorm';
import { temporaryFolder } from '../testing/temporary-folder';
import { CounterEntity, entry, EntryEntity, LEDGER } from './testing/ledger';

/**
 * Kept as evidence: why this door exists. The test of `unit-isolation.spec.ts`, on TypeORM's own transactions. Should
 * it ever fail, TypeORM has given its SQLite driver more than one connection, and the door may be reconsidered.
 */
describe("TypeORM's own transactions on SQLite", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  it('do not isolate 32 concurrent callers: calls fail, or rows of rolled-back units stay, or increments are lost', async () => {
    const source = await new DataSource({
      type: 'sqlite',
      database: folder.file('shared.db'),
      ...LEDGER,
      migrationsRun: true,
    }).initialize();
    const outcomes = await Promise.all(Array.from({ length: 32 }, (_, caller) => runUnit(source, caller)));
    const doomedRows = await source.manager.countBy(EntryEntity, { doomed: true });
    const rows = await source.manager.countBy(EntryEntity, { doomed: false });
    const { value } = await source.manager.findOneByOrFail(CounterEntity, { id: 'shared' });
    await source.destroy();

    const expected = { unexpectedErrors: 0, doomedRows: 0, rows: 16, value: 16 };
    expect({ unexpectedErrors: outcomes.filter((kept) => !kept).length, doomedRows, rows, value }).not.toEqual(
      expected,
    );
  });

  /** False when the call ended otherwise than its own work asked for. */
  async function runUnit(source: DataSource, caller: number): Promise<boolean> {
    const doomed = caller % 2 === 1;
    const attempt = source.transaction(async (manager) => {
      const counter = await manager.findOneByOrFail(CounterEntity, { id: 'shared' });
      await manager.insert(EntryEntity, entry(`entry-${caller}`, { doomed }));
      await manager.update(CounterEntity, { id: 'shared' }, { value: counter.value + 1 });
      if (doomed) throw new Error('abandoned');
    });
    return attempt.then(
      () => !doomed,
      (error: Error) => doomed && error.message === 'abandoned',
    );
  }
});
