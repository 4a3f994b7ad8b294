import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { authenticate, type Database } from '@aitbc/shared-core';
import { createTestApp, describeAboveStores, memoryLogger, type TestApp, waitFor } from '@aitbc/shared-core/testing';
import { agentContextEntities, agentContextMigrations } from '@aitbc/shared-domain';
import type { Response } from 'express';
import { ExecutionNews } from '../news/execution-news';
import { insertTestWorkflow } from '../store/testing/test-workflow';
import { createEventRouter } from './event.router';
import { ExecutionStreams } from './execution-streams';
import { ExecutionTails } from './execution-tails';
import { FeedReader } from './feed-reader';
import { StoredEventFeed } from './stored-event-feed';
import { StreamPlaces } from './stream-places';
import { addressOf } from './testing/address-of';
import { EventReader } from './testing/event-reader';
import { Histories } from './testing/histories';

const MEBIBYTE = 1024 * 1024;
/** Together far more than the buffers of a connection take. */
const EVENTS = 3_000;
const LONG = 'x'.repeat(8 * 1024);
const MAX_STREAMS = 3;
/** For a reader that never reads. One that does may be kept from it for longer where the machine stalls. */
const IMPATIENT_MS = 300;
const PATIENT_MS = 30_000;

describeAboveStores('a reader that does not read', (engine) => {
  let db: Database;
  let places: StreamPlaces;
  let http: TestApp;
  let server: Server;
  let base: string;
  let close: () => void;
  let id: string;
  let patienceMs: number;
  const answers: Response[] = [];

  beforeAll(async () => {
    db = await engine.openDatabase({ entities: agentContextEntities, migrations: agentContextMigrations });
    await insertTestWorkflow(db, 'wf_test', 1);
    const { logger } = memoryLogger();
    const [news, feed] = [new ExecutionNews(db, logger), new StoredEventFeed(db, logger)];
    const source = () => 'https://coordinator.test';
    places = new StreamPlaces(MAX_STREAMS);
    const router = createEventRouter({
      executions: new ExecutionStreams(new ExecutionTails(db), news, source),
      feed: new FeedReader(feed, db, source),
      ...{ places, logger },
      get unreadLimitMs() {
        return patienceMs;
      },
    });
    http = createTestApp((app) => {
      const principal = { subject: 'alice', role: 'client', keyId: 'key' } as const;
      app.use((_req, res, next) => (answers.push(res), next()));
      app.use(authenticate({ authenticate: async () => principal }), router);
    });
    server = http.app.listen(0, '127.0.0.1');
    base = await addressOf(server);
    close = () => [news, feed].forEach((each) => each.close());
    const histories = new Histories(db, LONG);
    id = await histories.begin();
    for (let n = 0; n < EVENTS; n += 10) await histories.append([id], 10);
  }, 120_000);
  beforeEach(() => {
    answers.splice(0);
    patienceMs = PATIENT_MS;
  });
  afterAll(() => {
    close();
    server.closeAllConnections();
    server.close();
  });

  /** Asks, and leaves all that comes where it is. */
  function ask(path: string): Socket {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nX-Api-Key: k\r\nAccept: text/event-stream\r\n\r\n`);
    return socket;
  }
  const figure = async (name: string, stream: string) => {
    const samples = (await places.metrics.find((each) => each.name === name)?.collect()) ?? [];
    return samples.find(({ labels }) => labels?.['stream'] === stream)?.value ?? 0;
  };

  it.each([
    ['execution', () => `/executions/${id}/events`],
    ['feed', () => '/events?after=0'],
  ])('costs the service no MiB, and is dropped: %s', async (kind, path) => {
    patienceMs = IMPATIENT_MS;
    const socket = ask(path());
    let most = 0;
    await waitFor(
      async () => {
        for (const res of answers) most = Math.max(most, res.writableLength + (res.socket?.writableLength ?? 0));
        return (await figure('aitbc_event_streams_dropped_total', kind)) === 1;
      },
      { everyMs: 1 },
    );
    // It did hold something back, and what it held was little of the 24 MiB that there are.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(MEBIBYTE / 2);
    await waitFor(() => answers.every((res) => res.destroyed));
    await waitFor(async () => (await figure('aitbc_event_streams', kind)) === 0);
    socket.destroy();
  });

  it('loses nothing by coming back, nor does one that is slow', async () => {
    const reader = await EventReader.open(`${base}/executions/${id}/events`, { 'x-api-key': 'k' });
    const first = await reader.take(100);
    reader.leave();
    const again = await EventReader.open(`${base}/executions/${id}/events`, {
      ...{ 'x-api-key': 'k', 'last-event-id': first.at(-1)?.id ?? '' },
    });
    const rest = await again.take(EVENTS - 100);
    again.leave();
    expect([...first, ...rest].map((event) => event.id)).toEqual(
      Array.from({ length: EVENTS }, (_, n) => String(n + 1)),
    );
  });

  it('takes one of the places, of which there are so many', async () => {
    await waitFor(async () => (await figure('aitbc_event_streams', 'execution')) === 0);
    const open = () => EventReader.open(`${base}/executions/${id}/events?after=${EVENTS}`, { 'x-api-key': 'k' });
    const readers = await Promise.all(Array.from({ length: MAX_STREAMS }, open));
    const refused = await open();
    expect(refused.response.status).toBe(503);
    expect(refused.response.headers.get('retry-after')).toBe('2');
    readers[0]?.leave();
    await waitFor(async () => (await figure('aitbc_event_streams', 'execution')) < MAX_STREAMS);
    const next = await open();
    expect(next.response.status).toBe(200);
    for (const reader of [...readers, next]) reader.leave();
  });
});
