import { setTimeout as delay } from 'node:timers/promises';
import { describeOnEngines } from '../testing/database-engines';
import type { Database } from './database';
import { CounterEntity, entry, EntryEntity, LEDGER } from './testing/ledger';

const CALLERS = 32;

class Abandoned extends Error {}

describeOnEngines('32 concurrent callers, half of whose units are rolled back', (context) => {
  const units = context.engine === 'sqlite' ? 2_560 : 256;
  let database: Database;
  const seenDoomed: unknown[] = [];
  let looks = 0;

  beforeAll(async () => {
    database = await context.openDatabase({ ...LEDGER, lockWaitMs: 30_000 });
    let writing = true;
    const watchers = [watch(() => writing), watch(() => writing)];
    await Promise.all(Array.from({ length: CALLERS }, (_, caller) => runUnits(caller)));
    writing = false;
    await Promise.all(watchers);
  }, 60_000);

  /** Reads the counter, writes an entry, writes the counter back one higher; every other unit then throws. */
  async function runUnits(caller: number): Promise<void> {
    for (let unit = caller; unit < units; unit += CALLERS) {
      const doomed = Math.floor(unit / CALLERS) % 2 === 1;
      const attempt = database.write(async (manager) => {
        const counter = await manager.findOneByOrFail(CounterEntity, { id: 'shared' });
        await manager.insert(EntryEntity, entry(`entry-${unit}`, { unit, doomed }));
        await manager.update(CounterEntity, { id: 'shared' }, { value: counter.value + 1 });
        if (doomed) throw new Abandoned();
      });
      if (doomed) await expect(attempt).rejects.toThrow(Abandoned);
      else await attempt;
    }
  }

  async function watch(goOn: () => boolean): Promise<void> {
    while (goOn()) {
      looks += 1;
      // Leaves the processor to the units for a moment.
      await delay(1);
      seenDoomed.push(...(await database.read((manager) => manager.findBy(EntryEntity, { doomed: true }))));
    }
  }

  it('no reader ever saw a row of a unit that was rolled back', async () => {
    expect(looks).toBeGreaterThan(100);
    expect(seenDoomed).toEqual([]);
    expect(await database.read((manager) => manager.countBy(EntryEntity, { doomed: true }))).toBe(0);
  });

  it('every committed unit is there', async () => {
    expect(await database.read((manager) => manager.count(EntryEntity))).toBe(units / 2);
  });

  it('no increment was lost', async () => {
    const counter = await database.read((manager) => manager.findOneByOrFail(CounterEntity, { id: 'shared' }));
    expect(counter.value).toBe(units / 2);
  });

  it('counts what it did', () => {
    expect(database.stats()).toMatchObject({
      unitsCommitted: units / 2,
      unitsRolledBack: units / 2,
      unitsTimedOut: 0,
      unitsWaiting: 0,
    });
  });
});
