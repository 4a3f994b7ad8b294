import { statSync } from 'node:fs';
import type { Database } from '@aitbc/shared-core';
import { describeOnEngines, memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import {
  agentContextEntities,
  agentContextMigrations,
  AgentExecution,
  AgentStepExecution,
  EXECUTION_STATUSES,
  ExecutionEvent,
  ExecutionReceipt,
  ExecutionSignal,
  isFinalExecution,
} from '@aitbc/shared-domain';
import { explain } from '../store/testing/explain';
import { insertTestWorkflow } from '../store/testing/test-workflow';
import { EXPIRED, removeStatement, RetentionStore } from './retention.store';
import { RetentionSweep } from './retention-sweep';
import { insertPast } from './testing/past-executions';

const NOW = 1_800_000_000_000;
const DAY = 86_400_000;
const COUNT = 5_000;
const TABLES = [AgentStepExecution, ExecutionEvent, ExecutionSignal, ExecutionReceipt];

describeOnEngines('the retention of executions', (engine) => {
  let url: string;
  let db: Database;
  let sweeps: RetentionSweep[];
  const entities = { entities: agentContextEntities, migrations: agentContextMigrations };

  beforeEach(async () => {
    url = await engine.freshUrl();
    db = await engine.openDatabase({ url, ...entities });
    await insertTestWorkflow(db, 'wf_test', 1);
    sweeps = [];
  });
  afterEach(async () => {
    await Promise.all(sweeps.map((sweep) => sweep.stop()));
    await db.close();
  });

  function begin(
    days: number,
    store: Pick<RetentionStore, 'expired' | 'remove' | 'takeApart'> = new RetentionStore(db),
  ) {
    const { logger, lines } = memoryLogger();
    const sweep = new RetentionSweep(store, db, logger, { days, pauseMs: 0, intervalMs: 20 }, () => NOW);
    sweeps.push(sweep);
    sweep.start();
    const deleted = async () => (await sweep.metrics[0]?.collect())?.[0]?.value ?? 0;
    return { lines, deleted };
  }
  const left = async () => {
    const rows = await db.read((manager) =>
      manager.find(AgentExecution, { select: { id: true }, order: { id: 'ASC' } }),
    );
    return rows.map(({ id }) => id);
  };

  it('deletes finished ones that are older than it says, with all their rows, and gives the space back', async () => {
    const past = Array.from({ length: COUNT }, (_, n) => {
      const status =
        n % 10 === 0 ? (EXECUTION_STATUSES[(n / 10) % EXECUTION_STATUSES.length] ?? 'pending') : 'completed';
      const old = n < COUNT / 2;
      return { id: `exec_${String(n).padStart(5, '0')}`, status, at: NOW - (old ? 31 * DAY : 29 * DAY), old };
    });
    await insertPast(db, past);
    const kept = past.filter(({ status, old }) => !old || !isFinalExecution(status)).map(({ id }) => id);
    const before = await pages(db);
    const { lines } = begin(30);
    // Where it takes long, it tells of its progress before.
    const ended = () => lines.some(({ message }) => message === 'expired executions were deleted');
    await waitFor(ended, { timeoutMs: 60_000 });
    expect(await left()).toEqual(kept);
    for (const table of TABLES) {
      const rows = await db.read((manager) => manager.find(table, { select: { executionId: true } }));
      const owners = [...new Set(rows.map(({ executionId }) => executionId))].sort();
      const expected = table === ExecutionReceipt ? past.filter(({ status }) => isFinalExecution(status)) : past;
      expect(owners).toEqual(expected.map(({ id }) => id).filter((id) => kept.includes(id)));
    }
    expect(lines.findLast(({ event }) => event === 'executions_deleted')).toMatchObject({
      executions: COUNT - kept.length,
    });
    if (engine.engine !== 'sqlite') return;
    await Promise.all(sweeps.map((sweep) => sweep.stop()));
    expect(await pages(db)).toBeLessThan(before * 0.7);
    await db.close();
    expect(statSync(url.replace('sqlite:', '')).size).toBeLessThan(before * 0.7 * 4_096);
  }, 120_000);

  it('keeps one that still holds a job, until it has been let go', async () => {
    await insertPast(db, [
      { id: 'exec_held', status: 'cancelled', at: NOW - 5 * DAY, holdsJob: true },
      { id: 'exec_free', status: 'cancelled', at: NOW - 5 * DAY },
    ]);
    begin(1);
    await waitFor(async () => (await left()).length === 1);
    expect(await left()).toEqual(['exec_held']);
    await db.write((manager) => manager.update(AgentStepExecution, 'step_exec_held', { releasePending: false }));
    await waitFor(async () => (await left()).length === 0);
  });

  it('takes one apart that is too large for one unit', async () => {
    await insertPast(db, [{ id: 'exec_large', status: 'failed', at: NOW - 2 * DAY, events: 2_600 }]);
    const store = new RetentionStore(db);
    const apart = jest.spyOn(store, 'takeApart');
    const { deleted } = begin(1, store);
    await waitFor(async () => (await deleted()) === 1);
    expect(apart).toHaveBeenCalledTimes(1);
    expect(await left()).toEqual([]);
    expect(await db.read((manager) => manager.count(ExecutionEvent))).toBe(0);
  });

  it('deletes one by one what does not go together, and is not kept by one that does not go at all', async () => {
    const ids = ['exec_a', 'exec_bad', 'exec_c'];
    await insertPast(
      db,
      ids.map((id, n) => ({ id, status: 'completed' as const, at: NOW - 9 * DAY + n })),
    );
    const store = new RetentionStore(db);
    const fails = (given: readonly string[]) =>
      given.includes('exec_bad') ? Promise.reject(new Error('no')) : store.remove(given);
    const { lines } = begin(1, {
      expired: (before, limit) => store.expired(before, limit),
      remove: fails,
      takeApart: (id, goOn) => (id === 'exec_bad' ? fails([id]) : store.takeApart(id, goOn)),
    });
    await waitFor(() => lines.some(({ level }) => level === 'error'));
    await waitFor(async () => (await left()).length === 1);
    expect(await left()).toEqual(['exec_bad']);
  });

  it('may run in several processes at once', async () => {
    const past = Array.from({ length: 300 }, (_, n) => ({
      id: `exec_${n}`,
      status: 'completed' as const,
      at: NOW - 2 * DAY,
    }));
    await insertPast(db, past);
    const other = await engine.openDatabase({ url, ...entities });
    const counts = [begin(1), begin(1, new RetentionStore(other))].map(({ deleted }) => deleted);
    await waitFor(async () => (await left()).length === 0);
    await Promise.all(sweeps.map((sweep) => sweep.stop()));
    const [one, two] = await Promise.all(counts.map((count) => count()));
    expect((one ?? 0) + (two ?? 0)).toBe(300);
    await other.close();
  });

  it('deletes nothing when it is 0', async () => {
    await insertPast(db, [{ id: 'exec_1', status: 'completed', at: 1 }]);
    const expired = jest.fn();
    begin(0, { expired, remove: jest.fn(), takeApart: jest.fn() });
    await Promise.all(sweeps.map((sweep) => sweep.stop()));
    expect(expired).not.toHaveBeenCalled();
  });

  // The last one: an explained statement keeps the snapshot of its connection on SQLite.
  it('finds and deletes by indexes', async () => {
    const found = await explain(db, EXPIRED, [NOW, 10]);
    expect(found).toContain('ix_executions_completed');
    expect(found).toMatch(/ux_step_executions_step|ix_step_executions_release/);
    expect(await explain(db, removeStatement(db.engine), ['[{"id":"x"}]'])).not.toMatch(
      /Seq Scan|SCAN agent_executions/,
    );
  });
});

async function pages(db: Database): Promise<number> {
  if (db.engine !== 'sqlite') return 0;
  const [row] = await db.readSql((sql) => sql.query<{ n: number }>('SELECT page_count AS n FROM pragma_page_count'));
  return row?.n ?? 0;
}
