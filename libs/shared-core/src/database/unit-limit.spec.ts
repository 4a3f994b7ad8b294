import { setTimeout as delay } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import { describeOnEngines } from '../testing/database-engines';
import type { Database } from './database';
import { committedIds, EntryEntity, insertEntry, LEDGER } from './testing/ledger';
import { SECOND_CHANCE } from './unit-of-work';

const LIMIT_MS = 200;
const TOO_LONG = /took longer than \d+ ms/;

/** A call that a unit makes when its caller has been told already that it is over. */
function afterItsEnd(call: (manager: EntityManager) => Promise<unknown>) {
  const over = Promise.withResolvers<void>();
  const failure = Promise.withResolvers<unknown>();
  return {
    async work(manager: EntityManager): Promise<void> {
      await insertEntry(manager, 'a');
      await over.promise;
      failure.resolve(call(manager).catch((error: unknown) => error));
    },
    /** What it fails with. */
    itsFailure(): Promise<unknown> {
      over.resolve();
      return failure.promise;
    },
  };
}

describeOnEngines('a unit of work that takes too long', (context) => {
  let database: Database;

  beforeAll(async () => {
    database = await context.openDatabase({ ...LEDGER, unitLimitMs: LIMIT_MS });
  });
  beforeEach(() => database.write((manager) => manager.clear(EntryEntity)));

  it('is run once more, from the start, and may take longer then', async () => {
    const limitMs = 1_000;
    const patient = await context.openDatabase({ ...LEDGER, unitLimitMs: limitMs });
    let runs = 0;
    const value = await patient.write(async (manager) => {
      runs += 1;
      await insertEntry(manager, `run ${runs}`);
      // The machine may be busy still: so it may take longer than before.
      await delay(1.5 * limitMs);
      return runs;
    });
    expect(value).toBe(2);
    expect(await committedIds(patient)).toEqual(['run 2']);
  });

  it('is rolled back at the limit; later use of its manager throws; the next unit is unharmed', async () => {
    const { work, itsFailure } = afterItsEnd((manager) => insertEntry(manager, 'b'));
    const timedOut = database.stats().unitsTimedOut;
    const slow = database.write(work);
    const next = database.write((manager) => insertEntry(manager, 'next'));
    await expect(slow).rejects.toThrow(TOO_LONG);
    await next;
    expect(await itsFailure()).toMatchObject({ message: expect.stringMatching(TOO_LONG) as string });
    expect(await committedIds(database)).toEqual(['next']);
    // It had a second chance.
    expect(database.stats().unitsTimedOut - timedOut).toBe(2);
  });

  it.each([
    ['write', () => database.write((manager) => insertEntry(manager, 'b'))],
    ['writeSet', () => database.writeSet((sql) => sql.query("DELETE FROM entries WHERE id <> 'x' RETURNING id"))],
    ['read', () => database.read((manager) => manager.count(EntryEntity))],
  ])('can do nothing more by %s, which would stand by itself', async (_name, call) => {
    await database.write((manager) => insertEntry(manager, 'before'));
    const { work, itsFailure } = afterItsEnd(call);
    await expect(database.write(work)).rejects.toThrow(TOO_LONG);
    expect(await itsFailure()).toMatchObject({ message: expect.stringMatching(TOO_LONG) as string });
    expect(await committedIds(database)).toEqual(['before']);
  });

  it('is rolled back also when it blocked the event loop, so that no timer could fire', async () => {
    const slow = database.write(async (manager) => {
      await insertEntry(manager, 'a');
      const until = performance.now() + (SECOND_CHANCE + 1) * LIMIT_MS;
      while (performance.now() < until);
    });
    await expect(slow).rejects.toThrow(TOO_LONG);
    expect(await committedIds(database)).toEqual([]);
  });
});
