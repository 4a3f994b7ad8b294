import { withLogContext, currentLogContext } from '../logging/log-context';
import { describeOnEngines } from '../testing/database-engines';
import { memoryLogger } from '../testing/memory-logger';
import { waitFor } from '../testing/wait-for';
import type { Database } from './database';
import { CounterEntity, entry, EntryEntity, LEDGER } from './testing/ledger';

describeOnEngines('work after a commit', (context) => {
  let database: Database;
  const { logger, lines } = memoryLogger();

  beforeAll(async () => {
    database = await context.openDatabase({ ...LEDGER, logger });
  });

  it('runs once the unit can be read, also when a joined unit asked for it', async () => {
    const calls: string[] = [];
    let seen: Promise<boolean> | undefined;
    await database.write(async (manager) => {
      await manager.insert(EntryEntity, entry('a'));
      await database.write(async () => database.afterCommit(() => calls.push('inner')));
      database.afterCommit(() => {
        calls.push('outer');
        seen = database.read((reader) => reader.existsBy(EntryEntity, { id: 'a' }));
      });
      expect(calls).toEqual([]);
    });
    expect(calls).toEqual(['inner', 'outer']);
    expect(await seen).toBe(true);
  });

  it('is dropped with the unit', async () => {
    let called = false;
    const attempt = database.write(async () => {
      database.afterCommit(() => (called = true));
      throw new Error('no');
    });
    await expect(attempt).rejects.toThrow('no');
    await database.write(async () => undefined);
    expect(called).toBe(false);
  });

  it('runs at once, but not synchronously, outside a unit', async () => {
    let called = false;
    database.afterCommit(() => (called = true));
    expect(called).toBe(false);
    await Promise.resolve();
    expect(called).toBe(true);
  });

  it('is logged, not thrown, when it fails, and does not stop what follows', async () => {
    let second = false;
    await database.write(async () => {
      database.afterCommit(() => {
        throw new Error('wake-up failed');
      });
      database.afterCommit(() => (second = true));
    });
    expect(second).toBe(true);
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error', message: 'work after a commit failed' }));
  });

  it('may open units of its own', async () => {
    await database.write(async () => {
      database.afterCommit(() => void database.write((manager) => manager.insert(EntryEntity, entry('follow-up'))));
    });
    await waitFor(() => database.read((manager) => manager.existsBy(EntryEntity, { id: 'follow-up' })));
  });

  it('and the unit itself run in the log context of their own caller', async () => {
    const inUnit: (string | undefined)[] = [];
    const after: (string | undefined)[] = [];
    await Promise.all(
      ['r1', 'r2', 'r3'].map((request_id) =>
        withLogContext({ request_id }, () =>
          database.write(async () => {
            inUnit.push(currentLogContext().request_id);
            database.afterCommit(() => after.push(currentLogContext().request_id));
          }),
        ),
      ),
    );
    expect(inUnit.sort()).toEqual(['r1', 'r2', 'r3']);
    expect(after.sort()).toEqual(['r1', 'r2', 'r3']);
  });

  if (context.engine === 'postgres') {
    it('runs for the attempt that was committed only', async () => {
      let attempts = 0;
      let followUps = 0;
      const raise = async (): Promise<void> =>
        database.write(async (manager) => {
          attempts += 1;
          database.afterCommit(() => (followUps += 1));
          const counter = await manager.findOneByOrFail(CounterEntity, { id: 'shared' });
          // Both have read before either writes, so one of them must be repeated.
          if (attempts <= 2) await waitFor(() => attempts >= 2);
          await manager.update(CounterEntity, { id: 'shared' }, { value: counter.value + 1 });
        });
      await Promise.all([raise(), raise()]);
      expect(attempts).toBeGreaterThan(2);
      expect(followUps).toBe(2);
      const counter = await database.read((manager) => manager.findOneByOrFail(CounterEntity, { id: 'shared' }));
      expect(counter.value).toBe(2);
      expect(database.stats().retries).toBeGreaterThan(0);
    });
  }
});
