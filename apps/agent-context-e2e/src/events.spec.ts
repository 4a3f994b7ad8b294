import { type Actor, actor, admin } from './testing/actors';
import { EventStream } from './testing/event-stream';
import { ran, started } from './testing/executions';
import { API, EXECUTIONS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { INSTANT } from './testing/shapes';
import { created, dataStep, waitStep } from './testing/workflows';

const EVENTS = `${API}/events`;
const STREAM = { accept: 'text/event-stream' };
const WAITING = { only: waitStep({ signal: 'go' }) };

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
});

const follow = (id: string, headers = {}) => EventStream.open(alice, `${EXECUTIONS}/${id}/events`, { headers });
const idOf = async () => String((await ran(alice, { steps: { only: dataStep('1') } }))['execution_id']);

interface CloudEvent {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly data: { readonly seq: number };
}

describe('the events of an execution', () => {
  it('come as they happen, each with its number, until the last one', async () => {
    const id = await started(alice, await created(alice, { steps: WAITING }));
    const stream = await follow(id);
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect([await stream.next(), await stream.next()]).toMatchObject([
      { event: 'execution.started', id: '1' },
      { event: 'step.waiting', id: '2' },
    ]);
    await alice.http.post(`${EXECUTIONS}/${id}/signals/go`, { data: 1 }, 202);
    const rest = await stream.rest();
    expect(rest.map(({ event }) => event)).toEqual([
      ...['step.awaited', 'step.started', 'step.completed', 'execution.completed'],
    ]);
    expect(rest.at(-1)?.data).toMatchObject({
      ...{ specversion: '1.0', id: `${id}/6`, type: 'com.aitbc.execution.completed', subject: id },
      ...{ source: expect.any(String), time: expect.stringMatching(INSTANT), datacontenttype: 'application/json' },
      ...{ sequence: '0000000006', data: { execution_id: id, seq: 6, step_id: null } },
    });
  });

  it('go on after the last one that was read, and are over after the very last', async () => {
    const id = await idOf();
    const all = await (await follow(id)).rest();
    const rest = await (await follow(id, { 'last-event-id': '2' })).rest();
    expect(rest).toEqual(all.slice(2));
    expect((await follow(id, { 'last-event-id': all.at(-1)?.id ?? '' })).response.status).toBe(204);
    const byQuery = await EventStream.open(alice, `${EXECUTIONS}/${id}/events?after=2`, {});
    expect(await byQuery.rest()).toEqual(rest);
  });

  it('are for their owner, and there for executions only', async () => {
    const id = await idOf();
    const bob = await actor('client');
    expectProblem(await bob.http.get(`${EXECUTIONS}/${id}/events`, 404));
    expectProblem(await alice.http.get(`${EXECUTIONS}/exec_none/events`, 404));
    expectProblem(await alice.http.get(`${EXECUTIONS}/${id}/events?after=-1`, 422), ['?after']);
  });
});

describe('the events of all executions', () => {
  const page = async (query: string, by = alice) => {
    const { body } = await by.http.get(`${EVENTS}${query}`);
    return body as { items: CloudEvent[]; next_cursor: string };
  };

  it('are read page by page, of the own executions only', async () => {
    const [carol, id] = [await actor('client'), await idOf()];
    const own = String((await ran(carol, { steps: { only: dataStep('1') } }))['execution_id']);
    const items: CloudEvent[] = [];
    for (let query = '?limit=3'; ;) {
      const { items: more, next_cursor } = await page(query, carol);
      if (more.length === 0) break;
      items.push(...more);
      query = `?limit=3&after=${next_cursor}`;
    }
    expect(items.map(({ subject, data }) => [subject, data.seq])).toEqual([1, 2, 3, 4].map((seq) => [own, seq]));
    const { body } = await admin.get(`${EVENTS}?owner_id=${carol.subject}&type=execution.completed`);
    expect(body.items).toMatchObject([{ subject: own }]);
    expectProblem(await carol.http.get(`${EVENTS}?owner_id=${alice.subject}`, 403));
    expect(items.map(({ subject }) => subject)).not.toContain(id);
  });

  it('come as they happen, and go on where they were left', async () => {
    const stream = await EventStream.open(alice, EVENTS, { headers: STREAM });
    const id = await idOf();
    const [first, second] = [await stream.next(), await stream.next()];
    expect([first, second]).toMatchObject([{ event: 'execution.started' }, { event: 'step.started' }]);
    stream.leave();
    const headers = { ...STREAM, 'last-event-id': first.id ?? '' };
    const again = await EventStream.open(alice, EVENTS, { headers });
    expect(await again.next()).toEqual(second);
    expect(second.data).toMatchObject({ subject: id });
    again.leave();
  });

  it('have no place that nobody gave', async () => {
    expectProblem(await alice.http.get(`${EVENTS}?after=soon`, 422), ['?after']);
  });
});
