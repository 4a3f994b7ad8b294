import { describeOnEngines } from '../testing/database-engines';
import type { SaturationReport } from './testing/door-process';
import { entry, EntryEntity, LEDGER } from './testing/ledger';
import { OtherProcess } from './testing/other-process';

const others: OtherProcess[] = [];

beforeAll(async () => {
  others.push(...(await Promise.all([OtherProcess.start(), OtherProcess.start()])));
});
afterAll(() => Promise.all(others.map((other) => other.kill())));

describeOnEngines('several processes on one database', (context) => {
  it('start on an empty one at the same instant: all succeed, it is migrated and prepared once', async () => {
    const rounds = context.engine === 'sqlite' ? 8 : 3;
    for (let round = 0; round < rounds; round += 1) {
      const url = await context.freshUrl();
      const answers = await Promise.all(others.map((other) => other.ask({ order: 'open', url })));
      expect(answers).toEqual(['opened', 'opened']);
      const database = await context.openDatabase({ url, ...LEDGER });
      const migrations = await database.readSql((sql) => sql.query('SELECT count(*) AS n FROM migrations'));
      expect(migrations).toEqual([{ n: LEDGER.migrations.length }]);
      expect(await database.read((manager) => manager.count(EntryEntity))).toBe(1);
    }
  });

  it('saturate it: no call fails, nobody is starved', async () => {
    const units = 1_500;
    const url = await context.freshUrl();
    const database = await context.openDatabase({ url, ...LEDGER });
    const [other] = others;
    expect(await other?.ask({ order: 'saturate', url })).toBe('writing');

    let next = 0;
    const call = async (): Promise<void> => {
      while (next < units) {
        const id = `own-${(next += 1)}`;
        await database.write((manager) => manager.insert(EntryEntity, entry(id)));
      }
    };
    await Promise.all(Array.from({ length: 8 }, call));
    const report = (await other?.ask({ order: 'stop' })) as SaturationReport;

    expect(report.errors).toEqual([]);
    // With SQLite's own busy handler the loser of this race got 5 locks in 15 s.
    expect(report.committed).toBeGreaterThan(units / 8);
    // A unit that waits 5 s for the lock is rejected, so this is what is left of that patience.
    expect(report.longestMs).toBeLessThan(5_000);
    expect(await database.read((manager) => manager.count(EntryEntity))).toBe(units + report.committed);
  });
});
