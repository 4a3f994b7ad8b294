import { Client } from './testing/client';
import { unique } from './testing/actors';
import { Miner } from './testing/miner';
import { MINERS, OFFERS } from './testing/paths';
import { expectProblem } from './testing/problem';

interface Thing {
  readonly http: Client;
  readonly path: string;
}

async function miner(): Promise<Thing> {
  const { actor, id } = await Miner.online();
  return { http: actor.http, path: `${MINERS}/${id}` };
}

async function offer(): Promise<Thing> {
  const gpu = unique('gpu');
  const { actor } = await Miner.online({ capabilities: { gpus: [{ name: gpu, memory_mb: 8_192 }] } });
  const { id } = (await actor.http.post(OFFERS, { gpu, price_per_hour: 1 })).body;
  return { http: actor.http, path: `${OFFERS}/${id}` };
}

async function etagOf({ http, path }: Thing): Promise<string> {
  const { headers } = await http.get(path);
  expect(headers['etag']).toMatch(/^(W\/)?"[^"]+"$/);
  return String(headers['etag']);
}

describe('ETag and If-Match', () => {
  it('let the capabilities of a miner be changed only as they were seen', async () => {
    const thing = await miner();
    const put = (etag: string, status: number) =>
      thing.http.call('put', `${thing.path}/capabilities`, {
        status,
        body: { models: [unique('model')] },
        headers: { 'if-match': etag },
      });
    const seen = await etagOf(thing);
    const { headers } = await put(seen, 200);
    expect(headers['etag']).not.toBe(seen);
    expect(await etagOf(thing)).toBe(headers['etag']);
    expectProblem(await put(seen, 412));
    await put('*', 200);
  });

  it.each([
    ['a miner', miner],
    ['a GPU offer', offer],
  ])('let %s be deleted only as it was seen', async (_what, make) => {
    const thing = await make();
    const remove = (etag: string, status: number | readonly number[]) =>
      thing.http.call('delete', thing.path, { status, headers: { 'if-match': etag } });
    expectProblem(await remove('"another"', 412));
    await remove(await etagOf(thing), 204);
  });

  it('let one of many changes through that saw the same', async () => {
    const thing = await miner();
    const etag = await etagOf(thing);
    const put = () =>
      thing.http.call('put', `${thing.path}/capabilities`, {
        status: [200, 412],
        body: { models: [unique('model')] },
        headers: { 'if-match': etag },
      });
    const answers = await Promise.all(Array.from({ length: 8 }, put));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });
});
