import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describeAboveStores, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, dataStep, PREFIX, type StatusBody } from '../../testing/agent-context-fixture';
import { NEWS_POLL_MS } from './execution-news';

const WAITING = { ask: { name: 'Ask', step_type: 'data_processing', config: { wait_for: { signal: 'go' } } } };
/** Longer than any test: an answer that comes before was not brought by the end of the time. */
const LONG = 60;

describeAboveStores('waiting for news of an execution', (engine) => {
  const opened: AgentContextFixture[] = [];
  let url: string;
  let fixture: AgentContextFixture;
  beforeAll(async () => {
    url = await engine.freshUrl();
    fixture = await open();
  });
  afterAll(() => Promise.all(opened.map(({ context }) => context.stop())));

  async function open(worker = true): Promise<AgentContextFixture> {
    const another = await AgentContextFixture.open(engine, { url, worker });
    opened.push(another);
    return another;
  }

  async function waiting(): Promise<{ id: string; seq: number }> {
    const id = await fixture.start(await fixture.workflow(WAITING));
    const { event_seq: seq } = await fixture.until(id, ({ status }) => status === 'waiting');
    return { id, seq };
  }

  const wait = async (id: string, query: string, at = fixture): Promise<StatusBody> => {
    const response = await at.get(`/executions/${id}/status?${query}`).expect(200);
    return response.body as StatusBody;
  };
  const signal = (id: string) => fixture.post(`/executions/${id}/signals/go`, { data: 1 }).expect(202);

  it('answers as soon as it goes on', async () => {
    const { id, seq } = await waiting();
    const answer = wait(id, `wait=${LONG}&since=${seq}`);
    await signal(id);
    expect((await answer).event_seq).toBeGreaterThan(seq);
  });

  it('takes the newest of now for the last that is known', async () => {
    const { id, seq } = await waiting();
    const readers = ['', '/status'].map((part) => fixture.get(`/executions/${id}${part}?wait=${LONG}`).expect(200));
    const answers = Promise.all(readers);
    expect((await wait(id, 'wait=0')).event_seq).toBe(seq);
    await signal(id);
    for (const { body } of await answers) expect(body.event_seq).toBeGreaterThan(seq);
  });

  it('leads from event to event to the end, and misses none', async () => {
    const chain = { a: dataStep('1'), b: dataStep('2'), c: dataStep('3') };
    const workflow = await fixture.workflow(chain, { dependencies: { b: ['a'], c: ['b'] } });
    const follow = async () => {
      const id = await fixture.start(workflow);
      let state = await wait(id, `wait=${LONG}&since=0`);
      while (state.status !== 'completed') state = await wait(id, `wait=${LONG}&since=${state.event_seq}`);
      return state.final_result;
    };
    const results = await Promise.all(Array.from({ length: 20 }, follow));
    for (const result of results) expect(result).toEqual({ c: 3 });
  });

  it('answers at once when there is an event already, or nothing more can come', async () => {
    const { id, seq } = await waiting();
    expect((await wait(id, `wait=${LONG}&since=${seq - 1}`)).event_seq).toBe(seq);
    await fixture.post(`/executions/${id}/cancel`).expect(200);
    expect((await wait(id, `wait=${LONG}`)).status).toBe('cancelled');
    expect((await wait(id, `wait=${LONG}&since=9999`)).status).toBe('cancelled');
  });

  it('answers how it is when the time is over', async () => {
    const { id, seq } = await waiting();
    expect(await wait(id, `wait=1&since=${seq}`)).toMatchObject({ status: 'waiting', event_seq: seq });
  });

  it('hears of what another process has written', async () => {
    const other = await open(false);
    const { id, seq } = await waiting();
    const answer = wait(id, `wait=${LONG}&since=${seq}`, other);
    await signal(id);
    expect((await answer).event_seq).toBeGreaterThan(seq);
  });

  it('ends when the process drains, with what is known then', async () => {
    const draining = await open(false);
    const { id, seq } = await waiting();
    const answer = wait(id, `wait=${LONG}&since=${seq}`, draining);
    await wait(id, 'wait=0', draining);
    draining.http.state.startDraining();
    expect(await answer).toMatchObject({ status: 'waiting', event_seq: seq });
  });

  it('costs nothing any more when the client has gone', async () => {
    // Without a worker, only the news look into the database.
    const quiet = await open(false);
    const { id } = await waiting();
    const server = createServer(quiet.http.app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const looks = jest.spyOn(quiet.db, 'readSql');
    const leaving = httpRequest({
      ...{ host: '127.0.0.1', port, path: `${PREFIX}/executions/${id}?wait=${LONG}` },
      headers: { 'x-api-key': 'alice' },
    });
    leaving.on('error', () => undefined).end();
    await waitFor(() => looks.mock.calls.length > 1, { timeoutMs: 10_000 });
    leaving.destroy();
    await once(server.close(), 'close');
    await waitFor(async () => {
      const before = looks.mock.calls.length;
      await delay(3 * NEWS_POLL_MS);
      return looks.mock.calls.length === before;
    });
  });

  it.each(['wait=61', 'wait=-1', 'wait=soon', 'since=-1', 'surprise=1'])('refuses ?%s', async (query) => {
    const { id } = await waiting();
    await fixture.get(`/executions/${id}?${query}`).expect(422);
  });

  it('shows nothing to strangers', async () => {
    const { id } = await waiting();
    await fixture.get(`/executions/${id}?wait=${LONG}`, 'bob').expect(404);
    await fixture.get(`/executions/exec_none?wait=${LONG}`).expect(404);
  });
});
