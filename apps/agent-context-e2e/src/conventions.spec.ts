import { type Actor, actor, unique } from './testing/actors';
import { agentBody, registered } from './testing/agents';
import { allOf } from './testing/pages';
import { AGENTS, NETWORKS, REGISTER, WORKFLOWS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { created, workflowBody } from './testing/workflows';

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
});

/** Each POST that creates, with a body for it. */
const creations: [string, () => Promise<[string, object]>, number][] = [
  ['an agent', async () => [REGISTER, agentBody()], 201],
  ['a workflow', async () => [WORKFLOWS, workflowBody()], 201],
  ['an execution', async () => [`${WORKFLOWS}/${await created(alice)}/execute`, { inputs: { n: 1 } }], 202],
  ['a network', async () => [NETWORKS, { name: unique('network'), agents: [await registered(alice)] }], 201],
];

describe('Idempotency-Key', () => {
  const send = (who: Actor, path: string, body: object, key: string, status: number | readonly number[]) =>
    who.http.call('post', path, { status, body, headers: { 'idempotency-key': key } });

  it.each(creations)('creates %s once, and answers the first answer again', async (_what, request, status) => {
    const [path, body] = await request();
    const key = unique('key');
    const first = await send(alice, path, body, key, status);
    const again = await send(alice, path, body, key, status);
    expect(again.body).toEqual(first.body);
    const another = await send(alice, path, body, unique('key'), status);
    expect(another.body).not.toEqual(first.body);
  });

  it.each(creations)('refuses another body with the key of %s', async (_what, request, status) => {
    const [path, body] = await request();
    const key = unique('key');
    await send(alice, path, body, key, status);
    const other = path.endsWith('/execute') ? { inputs: { n: 2 } } : { ...body, name: 'Another' };
    expectProblem(await send(alice, path, other, key, 422));
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

  it('records no refusal that mending the body would cure', async () => {
    const key = unique('key');
    expectProblem(await send(alice, WORKFLOWS, {}, key, 422), ['/name', '/steps']);
  });
});

describe('ETag and If-Match', () => {
  /** Each object that can be updated, with a change and how it is made. */
  const objects: ['patch' | 'put', string, () => Promise<string>, () => object][] = [
    ['patch', 'an agent', async () => `${AGENTS}/${await registered(alice)}`, () => ({ name: unique('name') })],
    ['put', 'a workflow', async () => `${WORKFLOWS}/${await created(alice)}`, () => workflowBody()],
    [
      'patch',
      'a network',
      async () => {
        const body = { name: unique('network'), agents: [await registered(alice)] };
        return `${NETWORKS}/${(await alice.http.post(NETWORKS, body)).body.id}`;
      },
      () => ({ name: unique('name') }),
    ],
  ];
  const etagOf = async (path: string): Promise<string> => {
    const { headers } = await alice.http.get(path);
    expect(headers['etag']).toMatch(/^(W\/)?"[^"]+"$/);
    return String(headers['etag']);
  };

  it.each(objects)('%s %s only as it was seen', async (method, _what, make, change) => {
    const path = await make();
    const seen = await etagOf(path);
    const update = (etag: string, status: number) =>
      alice.http.call(method, path, { status, body: change(), headers: { 'if-match': etag } });
    const { headers } = await update(seen, 200);
    expect(headers['etag']).not.toBe(seen);
    expect(await etagOf(path)).toBe(headers['etag']);
    expectProblem(await update(seen, 412));
    await update('*', 200);
    expectProblem(await update('"another"', 412));
  });

  it.each(objects)('(%s) deletes %s only as it was seen', async (_method, _what, make) => {
    const path = await make();
    const remove = (etag: string, status: number) =>
      alice.http.call('delete', path, { status, headers: { 'if-match': etag } });
    expectProblem(await remove('"another"', 412));
    await remove(await etagOf(path), 204);
  });

  it('let one of many changes through that saw the same', async () => {
    const path = `${AGENTS}/${await registered(alice)}`;
    const etag = await etagOf(path);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        alice.http.call('patch', path, {
          status: [200, 412],
          body: { name: `n${index}` },
          headers: { 'if-match': etag },
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});
