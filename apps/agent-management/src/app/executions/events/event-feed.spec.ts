import type { Database } from '@aitbc/shared-core';
import { describeOnEngines, memoryLogger, waitFor } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import pg from 'pg';
import { RetentionStore } from '../retention/retention.store';
import { insertTestWorkflow } from '../store/testing/test-workflow';
import type { EventFeed, FeedEvent } from './event-feed';
import { StoredEventFeed } from './stored-event-feed';
import { Histories } from './testing/histories';

const entities = { entities: agentContextEntities, migrations: agentContextMigrations };

describeOnEngines('the feed of events', (engine) => {
  let url: string;
  let db: Database;
  let feed: StoredEventFeed;
  let histories: Histories;

  beforeEach(async () => {
    url = await engine.freshUrl();
    ({ db, feed, histories } = await open());
    await insertTestWorkflow(db, 'wf_test', 1);
  });
  afterEach(async () => {
    feed.close();
    await db.close();
  });

  /** As one process has it. */
  async function open() {
    const opened = await engine.openDatabase({ url, ...entities });
    const own = new StoredEventFeed(opened, memoryLogger().logger, { pollMs: 5 });
    return { db: opened, feed: own, histories: new Histories(opened) };
  }

  it('begins with nothing, and gives events with all that is known of them', async () => {
    expect(await feed.read(null, 10)).toEqual({ events: [], next: null, more: false });
    const id = await histories.begin('alice');
    await histories.append([id], 2);
    const { events, next, more } = await feed.read(null, 10);
    expect(events).toMatchObject([
      { ownerId: 'alice', executionId: id, workflowId: 'wf_test', seq: 1, type: 'step.started', stepId: 'only' },
      { executionId: id, seq: 2, data: { n: 2 } },
    ]);
    expect({ next, more }).toEqual({ next: events[1]?.position, more: false });
    expect(await feed.read(next, 10)).toEqual({ events: [], next, more: false });
  });

  it('is read on from any event, across transactions that wrote many of many executions', async () => {
    const ids = [await histories.begin(), await histories.begin(), await histories.begin()];
    for (let round = 0; round < 3; round += 1) await histories.append(ids, 2);
    const whole = (await feed.read(null, 100)).events;
    expectComplete(whole, ids, 6);
    for (const [index, { position }] of whole.entries()) {
      expect((await feed.read(position, 100)).events).toEqual(whole.slice(index + 1));
    }
    expect(await drain(feed, 1)).toEqual(whole);
  });

  it('gives the events of one owner, however many of others stand between', async () => {
    const [own, others] = [await histories.begin('alice'), await histories.begin('bob')];
    await histories.append([own]);
    for (let n = 0; n < 3; n += 1) await histories.append([others], 450);
    await histories.append([own]);
    const mine = await drain(feed, 10, 'alice');
    expect(mine.map(({ executionId, seq }) => `${executionId}/${seq}`)).toEqual([`${own}/1`, `${own}/2`]);
    expect((await feed.read(null, 10, 'nobody')).next).not.toBeNull();
  });

  it('has an end, from which only what comes later is read', async () => {
    const id = await histories.begin();
    await histories.append([id], 3);
    const end = await feed.end();
    expect((await feed.read(end, 10)).events).toEqual([]);
    await histories.append([id]);
    expect((await feed.read(end, 10)).events).toMatchObject([{ seq: 4 }]);
  });

  it('refuses a position that it never gave, and to be read inside a unit', async () => {
    for (const bad of ['', 'soon', '-1', '1.x', '1.exec_1.x', '9'.repeat(16), '9'.repeat(15)]) {
      await expect(feed.read(bad, 1)).rejects.toMatchObject({ code: 'validation_failed' });
    }
    await expect(db.write(() => feed.read(null, 1))).rejects.toThrow('inside a unit');
  });

  it('skips nothing and repeats nothing while several processes write', async () => {
    const others = await Promise.all([open(), open()]);
    const ids = await Promise.all(Array.from({ length: 12 }, () => histories.begin()));
    const rounds = 15;
    const reading = drainUntil(feed, ids.length * rounds);
    const writers = [histories, ...others.map((each) => each.histories)];
    await Promise.all(
      writers.map(async (writer, index) => {
        const own = ids.filter((_, n) => n % writers.length === index);
        for (let round = 0; round < rounds; round += 1) await Promise.all(own.map((id) => writer.append([id])));
      }),
    );
    expectComplete(await reading, ids, rounds);
    await Promise.all(others.map((each) => each.db.close()));
  });

  it('tells of news of this process at once, and of others soon', async () => {
    const other = await open();
    const id = await histories.begin();
    let told = 0;
    const stop = feed.onNews(() => (told += 1));
    // Its first look is news, whatever it finds: only what is written after that is told of for its own sake.
    await waitFor(() => told === 1);
    await other.histories.append([id]);
    await waitFor(() => told === 2);
    feed.announce();
    await waitFor(() => told === 3);
    stop();
    feed.announce();
    await other.histories.append([id]);
    expect(told).toBe(3);
    await other.db.close();
  });

  it('gives the place of no event again after the newest ones were deleted', async () => {
    const [kept, gone] = [await histories.begin(), await histories.begin()];
    await histories.append([kept]);
    await histories.append([gone], 5, 'completed');
    const { next } = await feed.read(null, 100);
    const end = await feed.end();
    expect(await new RetentionStore(db).remove([gone])).toBe(1);
    await histories.append([kept], 2);
    for (const from of [next, end]) {
      expect((await feed.read(from, 100)).events).toMatchObject([
        { executionId: kept, seq: 2 },
        { executionId: kept, seq: 3 },
      ]);
    }
  });

  it('gives the place of no event again after one was taken apart', async () => {
    const [kept, gone] = [await histories.begin(), await histories.begin()];
    await histories.append([gone], 3, 'failed');
    const { next } = await feed.read(null, 100);
    expect(await new RetentionStore(db).takeApart(gone, () => Promise.resolve(true))).toBe(1);
    await histories.append([kept]);
    expect((await feed.read(next, 100)).events).toMatchObject([{ executionId: kept, seq: 1 }]);
  });

  if (engine.engine === 'sqlite') {
    it('keeps its order when the file is rebuilt', async () => {
      const ids = [await histories.begin(), await histories.begin()];
      await histories.append([ids[0] ?? ''], 2, 'completed');
      for (let round = 0; round < 3; round += 1) await histories.append([ids[1] ?? '']);
      await new RetentionStore(db).remove([ids[0] ?? '']);
      const before = await feed.read(null, 100);
      await vacuum(url);
      expect(await feed.read(null, 100)).toEqual(before);
    });
  } else {
    it('does not go past a transaction that is still open', async () => {
      const [slow, fast] = [await histories.begin(), await histories.begin()];
      const { next } = await feed.read(null, 10);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query('BEGIN');
      await client.query(
        `INSERT INTO execution_events (execution_id, seq, type, data, occurred_at) VALUES ('${slow}', 1, 'step.started', '{}', 1)`,
      );
      await histories.append([fast]);
      await histories.append([fast]);
      const end = await feed.end();
      expect(await feed.read(next, 10)).toEqual({ events: [], next, more: false });
      await client.query('COMMIT');
      await client.end();
      for (const from of [next, end]) {
        expect((await feed.read(from, 10)).events.map(({ executionId, seq }) => [executionId, seq])).toEqual([
          [slow, 1],
          [fast, 1],
          [fast, 2],
        ]);
      }
    });

    it('begins with what was there before it, in the order of the executions', async () => {
      const ids = [await histories.begin(), await histories.begin()];
      await histories.append(ids, 3);
      await db.writeSet((sql) => sql.query('UPDATE execution_events SET commit_xid = 0'));
      await histories.append(ids, 2);
      expectComplete(await drain(feed, 2), ids, 5);
    });
  }
});

/** Everything that is there, `limit` events at a time. */
async function drain(feed: EventFeed, limit: number, ownerId?: string): Promise<FeedEvent[]> {
  const all: FeedEvent[] = [];
  for (let after: string | null = null; ;) {
    const page = await feed.read(after, limit, ownerId);
    expect(page.events.length).toBeLessThanOrEqual(limit);
    all.push(...page.events);
    if (!page.more) return all;
    after = page.next;
  }
}

/** Reads on until it has so many events. */
async function drainUntil(feed: EventFeed, count: number): Promise<FeedEvent[]> {
  const all: FeedEvent[] = [];
  let after: string | null = null;
  await waitFor(
    async () => {
      const page = await feed.read(after, 7);
      all.push(...page.events);
      after = page.next;
      return all.length >= count;
    },
    { timeoutMs: 60_000, everyMs: 0 },
  );
  return all;
}

/** Each of these executions has its events 1 to `count`, each once and in order. */
function expectComplete(events: readonly FeedEvent[], ids: readonly string[], count: number): void {
  const byExecution = Map.groupBy(events, ({ executionId }) => executionId);
  for (const id of ids) {
    expect(byExecution.get(id)?.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_, n) => n + 1));
  }
  expect(events).toHaveLength(ids.length * count);
}

async function vacuum(url: string): Promise<void> {
  const { Database: Sqlite } = await import('sqlite3');
  await new Promise<void>((resolve, reject) => {
    const handle = new Sqlite(url.slice('sqlite:'.length));
    handle.exec('VACUUM', (error) => (error ? reject(error) : handle.close(() => resolve())));
  });
}
