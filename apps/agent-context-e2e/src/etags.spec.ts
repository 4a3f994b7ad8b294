import { type Actor, actor, unique } from './testing/actors';
import { registered } from './testing/agents';
import { AGENTS, NETWORKS, WEBHOOKS, WORKFLOWS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { created, workflowBody } from './testing/workflows';

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
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
    [
      'patch',
      'a webhook',
      async () => `${WEBHOOKS}/${(await alice.http.post(WEBHOOKS, { url: 'https://hooks.example/' })).body.id}`,
      () => ({ description: unique('description') }),
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
