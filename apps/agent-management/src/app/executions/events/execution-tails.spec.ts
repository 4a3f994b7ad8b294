import type { Database, SqlRunner } from '@aitbc/shared-core';
import { describeOnEngines } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import { explain } from '../store/testing/explain';
import { insertTestWorkflow } from '../store/testing/test-workflow';
import { ExecutionTails, tailsStatement } from './execution-tails';
import { endStatement, newestStatement, readStatement } from './feed-statements';
import { Histories } from './testing/histories';

const SOURCE = 'https://coordinator.test';

describeOnEngines('the events of an execution after a number', (engine) => {
  let db: Database;
  let histories: Histories;
  beforeAll(async () => {
    db = await engine.openDatabase({ entities: agentContextEntities, migrations: agentContextMigrations });
    await insertTestWorkflow(db, 'wf_test', 1);
    histories = new Histories(db);
  });

  it('come in pieces, each with what follows it', async () => {
    const id = await histories.begin();
    await histories.append([id], 100);
    const tails = new ExecutionTails(db);
    const first = await tails.get(id, 0);
    expect(first).toMatchObject({ ownerId: 'alice', last: 64, more: true, ended: false });
    const second = await tails.get(id, 64);
    expect(second).toMatchObject({ last: 100, more: false, ended: false });
    expect(await tails.get(id, 100)).toMatchObject({ last: 100, more: false, ended: false });
    expect([...(first?.textsFor(SOURCE) ?? []), ...(second?.textsFor(SOURCE) ?? [])]).toHaveLength(100);
    expect(await tails.get('exec_none', 0)).toBeUndefined();
  });

  it('are cut where they are long', async () => {
    const long = new Histories(db, 'x'.repeat(100_000));
    const id = await long.begin();
    await long.append([id], 5);
    expect(await new ExecutionTails(db).get(id, 0)).toMatchObject({ last: 2, more: true });
  });

  it('end with the last one of a final execution, and where the history is being deleted', async () => {
    const id = await histories.begin();
    await histories.append([id], 3, 'completed');
    const tails = new ExecutionTails(db);
    expect(await tails.get(id, 1)).toMatchObject({ last: 3, ended: true, more: false });
    expect(await tails.get(id, 9)).toMatchObject({ last: 9, ended: true, more: false });
    await db.writeSet((sql) => sql.query(`DELETE FROM execution_events WHERE execution_id = '${id}' AND seq < 3`));
    const cut = await tails.get(id, 0);
    expect(cut?.ended).toBe(true);
    expect(cut?.textsFor(SOURCE)).toEqual([]);
  });

  it('are read by few statements for many readers, and written once for all of them', async () => {
    const ids = await Promise.all(Array.from({ length: 100 }, () => histories.begin()));
    await histories.append(ids, 2);
    let reads = 0;
    const counting: Database = Object.create(db, {
      readSql: { value: (work: (sql: SqlRunner) => Promise<unknown>) => ((reads += 1), db.readSql(work)) },
    }) as Database;
    const tails = new ExecutionTails(counting);
    const found = await Promise.all(Array.from({ length: 500 }, (_, n) => tails.get(ids[n % ids.length] ?? '', 0)));
    expect(found.every((tail) => tail?.last === 2)).toBe(true);
    expect(reads).toBeLessThanOrEqual(2);
    expect(new Set(found.map((tail) => tail?.textsFor(SOURCE))).size).toBe(100);
  });

  // The last one: an explained statement keeps the snapshot of its connection on SQLite.
  it('are found by indexes, as the feed is', async () => {
    const sqlite = db.engine === 'sqlite';
    const tails = await explain(db, tailsStatement(db.engine), [JSON.stringify([{ key: 'k', id: 'x', since: 0 }])]);
    expect(tails).toMatch(sqlite ? /SEARCH e USING INDEX \S+ \(execution_id=\? AND seq>\? AND seq<\?\)/ : /Index Scan/);
    const read = await explain(db, readStatement(db.engine), [1, '', 0, 10, null]);
    expect(read).toMatch(
      sqlite ? /SEARCH execution_events USING INTEGER PRIMARY KEY \(rowid>\?\)/ : /ix_execution_events_commit/,
    );
    for (const statement of [tails, read]) expect(statement).not.toMatch(/Seq Scan|SCAN (execution_events|x)\b/);
    if (sqlite) return;
    expect(await explain(db, newestStatement(db.engine))).toMatch(/Index (Only )?Scan Backward/);
    expect(await explain(db, endStatement(db.engine))).not.toMatch(/Scan/);
  });
});
