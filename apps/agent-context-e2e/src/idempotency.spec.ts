import { type Actor, actor, unique } from './testing/actors';
import { agentBody, registered } from './testing/agents';
import { allOf } from './testing/pages';
import { started } from './testing/executions';
import { EXECUTIONS, NETWORKS, REGISTER, SERVICES, WORKFLOWS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { SERVICE_REQUESTS } from './testing/service-requests';
import { created, waitStep, workflowBody } from './testing/workflows';

const AT_ONCE = 8;
/** How often many are sent at once until one of them meets another in flight. */
const ROUNDS = 25;

interface Creation {
  readonly path: string;
  readonly body: object;
  /** Another one that the route would take. */
  readonly other: object;
}

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
});

/** Waits for signals, and goes on for a while after them: an ended execution takes none. */
const waiting = { steps: { ask: waitStep({ signal: 'go' }), linger: waitStep({ seconds: 30 }) } };

const named = (path: string, body: object): Creation => ({ path, body, other: { ...body, name: 'Another' } });

/** Each POST that creates, with the status that it answers. */
const creations: [string, () => Promise<Creation>, number][] = [
  ['an agent', async () => named(REGISTER, agentBody()), 201],
  ['a workflow', async () => named(WORKFLOWS, workflowBody()), 201],
  [
    'an execution',
    async () => {
      const path = `${WORKFLOWS}/${await created(alice)}/execute`;
      return { path, body: { inputs: { n: 1 } }, other: { inputs: { n: 2 } } };
    },
    202,
  ],
  [
    'the retry of an execution',
    async () => {
      const id = await started(alice, await created(alice, waiting));
      await alice.http.post(`${EXECUTIONS}/${id}/cancel`, {}, 200);
      return { path: `${EXECUTIONS}/${id}/retry`, body: {}, other: { from_step: 'ask' } };
    },
    202,
  ],
  [
    'a signal',
    async () => {
      const id = await started(alice, await created(alice, waiting));
      return { path: `${EXECUTIONS}/${id}/signals/go`, body: { data: 1 }, other: { data: 2 } };
    },
    202,
  ],
  ['a network', async () => named(NETWORKS, { name: unique('network'), agents: [await registered(alice)] }), 201],
  ...SERVICE_REQUESTS.map(({ path, body, more }): [string, () => Promise<Creation>, number] => [
    `a job by ${path}`,
    async () => ({ path: `${SERVICES}${path}`, body, other: { ...body, ...more } }),
    201,
  ]),
];

const send = (who: Actor, path: string, body: object, key: string, status: number | readonly number[]) =>
  who.http.call('post', path, { status, body, headers: { 'idempotency-key': key } });

describe('Idempotency-Key', () => {
  it.each(creations)('creates %s once, and answers the first answer again', async (_what, request, status) => {
    const { path, body } = await request();
    const key = unique('key');
    const first = await send(alice, path, body, key, status);
    const again = await send(alice, path, body, key, status);
    expect(again.body).toEqual(first.body);
    expect(again.headers['location']).toBe(first.headers['location']);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers['idempotency-replayed']).toBe('true');
    const another = await send(alice, path, body, unique('key'), status);
    expect(another.body).not.toEqual(first.body);
  });

  it.each(creations)('refuses another body with the key of %s', async (_what, request, status) => {
    const { path, body, other } = await request();
    const key = unique('key');
    await send(alice, path, body, key, status);
    expectProblem(await send(alice, path, other, key, 422), ['Idempotency-Key']);
    await send(alice, path, other, unique('key'), status);
  });

  it.each(creations)('answers 409 while the first request for %s is in flight', async (_what, request, status) => {
    const { path, body } = await request();
    for (let round = 0; round < ROUNDS; round += 1) {
      const key = unique('key');
      const all = Array.from({ length: AT_ONCE }, () => send(alice, path, body, key, [status, 409]));
      const refused = (await Promise.all(all)).filter((answer) => answer.status === 409);
      for (const answer of refused) expectProblem(answer);
      if (refused.length > 0) return;
    }
    throw new Error(`in ${ROUNDS} rounds no request met another in flight`);
  });

  it('belongs to the principal and the path', async () => {
    const bob = await actor('client');
    const key = unique('key');
    const body = workflowBody();
    const mine = await send(alice, WORKFLOWS, body, key, 201);
    const his = await send(bob, WORKFLOWS, body, key, 201);
    expect(his.body.id).not.toBe(mine.body.id);
    await send(alice, REGISTER, agentBody(), key, 201);
  });

  it('leaves one object of many requests at the same time', async () => {
    const tag = unique('t');
    const body = workflowBody({ tags: [tag] });
    const key = unique('key');
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(alice, WORKFLOWS, body, key, [201, 409])));
    const ids = answers.filter(({ status }) => status === 201).map((answer) => String(answer.body.id));
    expect(new Set(ids).size).toBe(1);
    expect(await allOf(alice, `${WORKFLOWS}?tags=${tag}`)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status === 409)) expectProblem(answer);
  });

  it('is not used up by a refusal: the mended body is taken with the same key', async () => {
    const key = unique('key');
    expectProblem(await send(alice, WORKFLOWS, {}, key, 422), ['/name', '/steps']);
    await send(alice, WORKFLOWS, workflowBody(), key, 201);
  });
});
