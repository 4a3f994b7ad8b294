import type { Server } from 'node:http';
import { describeAboveStores } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep, ISSUER, PREFIX } from '../../testing/agent-context-fixture';
import { addressOf } from './testing/address-of';
import { EventReader } from './testing/event-reader';

const WAITING = { ask: { name: 'Ask', step_type: 'data_processing', config: { wait_for: { signal: 'go' } } } };
const WHOLE = [
  'execution.started',
  'step.waiting',
  'step.awaited',
  'step.started',
  'step.completed',
  'execution.completed',
];

describeAboveStores('streams of events', (engine) => {
  let url: string;
  let fixture: AgentContextFixture;
  let other: AgentContextFixture;
  let servers: Server[];
  let base: string;
  let elsewhere: string;
  const opened: EventReader[] = [];

  beforeAll(async () => {
    url = await engine.freshUrl();
    fixture = await AgentContextFixture.open(engine, { url });
    // Another process, which runs nothing: what it streams was committed elsewhere.
    other = await AgentContextFixture.open(engine, { url, worker: false });
    servers = [fixture, other].map(({ http }) => http.app.listen(0, '127.0.0.1'));
    [base = '', elsewhere = ''] = await Promise.all(servers.map(listening));
  });
  afterEach(() => opened.splice(0).forEach((reader) => reader.leave()));
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
    await Promise.all([fixture.context.stop(), other.context.stop()]);
  });

  const listening = async (server: Server) => `${await addressOf(server)}${PREFIX}`;

  async function read(path: string, headers: Record<string, string> = {}, at = base): Promise<EventReader> {
    const reader = await EventReader.open(at + path, { 'x-api-key': 'alice', ...headers });
    opened.push(reader);
    return reader;
  }
  const waiting = async (subject = 'alice') => fixture.start(await fixture.workflow(WAITING, {}, subject), {}, subject);
  const go = (id: string, subject = 'alice') => fixture.post(`/executions/${id}/signals/go`, { data: 1 }, subject);
  const follow = (id: string, headers = {}, at = base) => read(`/executions/${id}/events`, headers, at);
  const feed = (query = '', headers = {}, at = base) =>
    read(`/events${query}`, { accept: 'text/event-stream', ...headers }, at);

  describe('of one execution', () => {
    it.each(['its own process', 'another process'])(
      'give each event once, as it happens, and end, in %s',
      async (where) => {
        const id = await waiting();
        const reader = await follow(id, {}, where === 'its own process' ? base : elsewhere);
        expect(reader.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
        expect(await reader.take(2)).toMatchObject([
          { event: 'execution.started', id: '1' },
          { event: 'step.waiting', id: '2' },
        ]);
        await go(id);
        const rest = await reader.rest();
        expect(rest.map(({ event }) => event)).toEqual(WHOLE.slice(2));
        expect(rest.map(({ id: place }) => place)).toEqual(['3', '4', '5', '6']);
      },
    );

    it('hold CloudEvents', async () => {
      const { execution_id: id } = await fixture.run({ one: dataStep('1') });
      const [, started] = (await (await follow(id)).rest()).map(({ data }) => JSON.parse(data) as object);
      expect(started).toMatchObject({
        ...{ specversion: '1.0', id: `${id}/2`, source: ISSUER, type: 'com.aitbc.step.started', subject: id },
        data: { execution_id: id, seq: 2, step_id: 'one', owner_id: 'alice', details: { attempt: 1 } },
      });
    });

    it('go on after the last event that was read', async () => {
      const id = await waiting();
      const first = await follow(id);
      await first.take(2);
      first.leave();
      const again = await follow(id, { 'last-event-id': '2' });
      await go(id);
      expect((await again.rest()).map(({ id: place }) => place)).toEqual(['3', '4', '5', '6']);
      const byQuery = await read(`/executions/${id}/events?after=4`);
      expect((await byQuery.rest()).map(({ id: place }) => place)).toEqual(['5', '6']);
      const both = await read(`/executions/${id}/events?after=1`, { 'last-event-id': '5' });
      expect((await both.rest()).map(({ id: place }) => place)).toEqual(['6']);
    });

    it('have no content when nothing will follow, so that an event source stays away', async () => {
      const { execution_id: id, event_seq } = await fixture.run({ one: dataStep('1') });
      for (const place of [event_seq, event_seq + 7]) {
        const { response } = await follow(id, { 'last-event-id': String(place) });
        expect(response.status).toBe(204);
      }
    });

    it('tell the reader when to come back', async () => {
      const id = await waiting();
      const reader = await follow(id);
      await reader.take(1);
      expect(reader.raw).toMatch(/^retry: [12]\d{3}\n\n/);
    });

    it('are for the owner and for admins', async () => {
      const { execution_id: id } = await fixture.run({ one: dataStep('1') });
      expect((await follow(id, { 'x-api-key': 'bob' })).response.status).toBe(404);
      expect((await follow('exec_none')).response.status).toBe(404);
      expect((await follow('exec%00none')).response.status).toBe(404);
      expect((await follow(id, { 'x-api-key': 'root' })).response.status).toBe(200);
      expect((await read(`/executions/${id}/events?after=x`)).response.status).toBe(422);
    });

    it('end early when the process drains, and are taken up elsewhere', async () => {
      const draining = await AgentContextFixture.open(engine, { url, worker: false });
      const server = draining.http.app.listen(0, '127.0.0.1');
      const id = await waiting();
      const reader = await follow(id, {}, await listening(server));
      const [, last] = await reader.take(2);
      draining.http.state.startDraining();
      expect(await reader.rest()).toEqual([]);
      server.close();
      await draining.context.stop();
      await go(id);
      const taken = await follow(id, { 'last-event-id': last?.id ?? '' });
      expect((await taken.rest()).map(({ event }) => event)).toEqual(WHOLE.slice(2));
    });
  });

  describe('of all executions', () => {
    const page = async (query: string, subject = 'alice') =>
      (await fixture.get(`/events${query}`, subject).expect(200)).body as Page;

    it('are read page by page from the beginning, each event once', async () => {
      const ids = await Promise.all(
        [1, 2, 3].map(async () => (await fixture.run({ one: dataStep('1') })).execution_id),
      );
      const items: Item[] = [];
      for (let query = '?limit=4'; ;) {
        const { items: more, next_cursor } = await page(query);
        if (more.length === 0) break;
        items.push(...more);
        query = `?limit=4&after=${next_cursor}`;
      }
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
      for (const id of ids) {
        expect(items.filter(({ subject }) => subject === id).map(({ data }) => data.seq)).toEqual([1, 2, 3, 4]);
      }
    });

    it('are only those of the owner, of a type, of a workflow', async () => {
      const workflow = await fixture.workflow({ one: dataStep('1') }, {}, 'bob');
      const id = await fixture.start(workflow, {}, 'bob');
      await fixture.until(id);
      const subjects = async (query: string, subject: string) =>
        (await page(query, subject)).items.map(({ subject: execution, type }) => [execution, type]);
      const own = await page('?limit=200', 'bob');
      expect(own.items.every(({ data }) => data.owner_id === 'bob')).toBe(true);
      const ended = [[id, 'com.aitbc.execution.completed']];
      expect(await subjects(`?workflow_id=${workflow}&type=execution.completed`, 'bob')).toEqual(ended);
      expect(await subjects(`?workflow_id=${workflow}&type=execution.completed&owner_id=bob`, 'root')).toEqual(ended);
      expect(await subjects(`?workflow_id=${workflow}`, 'alice')).toEqual([]);
      await fixture.get('/events?owner_id=bob', 'alice').expect(403);
      await fixture.get('/events?after=soon', 'alice').expect(422);
      await fixture.get(`/events?after=${'9'.repeat(15)}`, 'alice').expect(422);
      await fixture.get('/events?type=nothing', 'alice').expect(422);
    });

    it.each(['its own process', 'another process'])('come as they happen, from now on, in %s', async (where) => {
      const reader = await feed('', {}, where === 'its own process' ? base : elsewhere);
      const id = await waiting();
      const [first] = await reader.take(1);
      expect(first).toMatchObject({ event: 'execution.started' });
      await go(id);
      const events = [first, ...(await reader.take(5))];
      expect(events.map((event) => event?.event)).toEqual(WHOLE);
      reader.leave();
      const again = await feed('', { 'last-event-id': events[3]?.id ?? '' });
      expect((await again.take(2)).map(({ event }) => event)).toEqual(WHOLE.slice(4));
      const all = await feed('?after=0');
      expect(await all.take(1)).toMatchObject([{ event: 'execution.started' }]);
    });

    it('leave out what is not asked for', async () => {
      const reader = await feed('?type=execution.completed');
      await fixture.run({ one: dataStep('1') });
      expect(await reader.take(1)).toMatchObject([{ event: 'execution.completed' }]);
    });

    it('tell the place where they begin, before there is an event', async () => {
      const reader = await feed();
      await fixture.run({ one: dataStep('1') });
      await reader.take(1);
      const [, place = ''] = /^retry: \d+\n\nid: (\S+)\n\n/.exec(reader.raw) ?? [];
      const again = await feed('', { 'last-event-id': place });
      expect(await again.take(1)).toMatchObject([{ event: 'execution.started' }]);
    });

    it('refuse a place that is none, before they begin', async () => {
      expect((await feed('', { 'last-event-id': 'soon' })).response.status).toBe(422);
      expect((await feed(`?after=${'9'.repeat(15)}`)).response.status).toBe(422);
    });
  });
});

interface Item {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: { readonly seq: number; readonly owner_id: string };
}

interface Page {
  readonly items: readonly Item[];
  readonly next_cursor: string;
}
