import { setTimeout as delay } from 'node:timers/promises';
import { describeOnEngines } from '../testing/database-engines';
import type { Database } from './database';
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
    expect(await other?.ask({ order: 'saturate', url, callers: 8, rowsPerUnit: 1 })).toBe('writing');
    await insertFrom(database, 8, units);
    const report = (await other?.ask({ order: 'stop' })) as SaturationReport;

    expect(report.errors).toEqual([]);
    // With SQLite's own busy handler the loser of this race got 5 locks in 15 s.
    expect(report.committed).toBeGreaterThan(units / 8);
    // A unit that waits 5 s for the lock is rejected, so this is what is left of that patience.
    expect(report.longestMs).toBeLessThan(5_000);
    expect(await database.read((manager) => manager.count(EntryEntity))).toBe(units + report.committed);
  });

  if (context.engine === 'sqlite') {
    it('take turns: one whose queue never empties lets a lone unit of another in after a few batches', async () => {
      const units = 60;
      const url = await context.freshUrl();
      const database = await context.openDatabase({ url, ...LEDGER });
      const [other] = others;
      expect(await other?.ask({ order: 'saturate', url, callers: 64, rowsPerUnit: 40 })).toBe('writing');
      for (let unit = 0; unit < units; unit += 1) {
        // Comes in the middle of a batch of the other, and must break in between two.
        await delay(5);
        await database.write((manager) => manager.insert(EntryEntity, entry(`lone-${unit}`)));
      }
      const report = (await other?.ask({ order: 'stop' })) as SaturationReport;
      expect(report.errors).toEqual([]);
      // Measured: 1.1 batches for each unit; without the pause of LockFairness, 3 to 4.
      expect(report.batches / units).toBeLessThan(2);
    });
  }
});

async function insertFrom(database: Database, callers: number, units: number): Promise<void> {
  let next = 0;
  const call = async (): Promise<void> => {
    while (next < units) {
      const id = `own-${(next += 1)}`;
      await database.write((manager) => manager.insert(EntryEntity, entry(id)));
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
}
