import { type Actor, actor, unique } from './testing/actors';
import { Miner } from './testing/miner';
import { allOf } from './testing/pages';
import { OFFERS } from './testing/paths';
import { expectProblem } from './testing/problem';

let client: Actor;
let miner: Miner;
const gpu = unique('gpu');
beforeAll(async () => {
  client = await actor('client');
  miner = await Miner.online({ capabilities: { gpus: [{ name: gpu, memory_mb: 24_576 }] } });
});
const offered = async (): Promise<string> =>
  (await miner.actor.http.post(OFFERS, { gpu, price_per_hour: 0.5 })).body.id;

describe('GPU offers', () => {
  it('are created by miners and listed for everybody', async () => {
    const id = await offered();
    const offers = await allOf<{ id: string }>(client, `${OFFERS}?gpu=${gpu}`);
    expect(offers.find((offer) => offer.id === id)).toMatchObject({ miner_id: miner.id, price_per_hour: 0.5 });
    await miner.actor.http.delete(`${OFFERS}/${id}`);
  });

  it('are booked by one client at a time, and released', async () => {
    const id = await offered();
    const other = await actor('client');
    expect((await other.http.get(`${OFFERS}/${id}`)).body).toMatchObject({ id, status: 'available', booked_by: null });
    const book = (by: Actor, status: number) => by.http.post(`${OFFERS}/${id}/book`, undefined, status);
    await book(client, 200);
    expectProblem(await book(other, 409));
    expectProblem(await other.http.post(`${OFFERS}/${id}/release`, undefined, 403));
    expectProblem(await miner.actor.http.delete(`${OFFERS}/${id}`, 409));
    expect((await client.http.get(`${OFFERS}/${id}`)).body).toMatchObject({ booked_by: client.subject });
    expect((await other.http.get(`${OFFERS}/${id}`)).body).toMatchObject({ booked_by: null });
    await client.http.post(`${OFFERS}/${id}/release`, undefined, 200);
    await book(other, 200);
    await other.http.post(`${OFFERS}/${id}/release`, undefined, 200);
    expectProblem(await other.http.post(`${OFFERS}/${id}/release`, undefined, 409));
    await miner.actor.http.delete(`${OFFERS}/${id}`);
    expectProblem(await book(client, 409));
  });

  it('offer each GPU once', async () => {
    const id = await offered();
    expectProblem(await miner.actor.http.post(OFFERS, { gpu, price_per_hour: 1 }, 409));
    const stranger = await actor('miner');
    expectProblem(await stranger.http.delete(`${OFFERS}/${id}`, 403));
    expectProblem(await stranger.http.post(OFFERS, { gpu, price_per_hour: 1 }, 404));
    await miner.actor.http.delete(`${OFFERS}/${id}`);
  });

  it('name what is wrong', async () => {
    const bad = { gpu, price_per_hour: 0.000000001, surprise: 1 };
    expectProblem(await miner.actor.http.post(OFFERS, bad, 422), ['/price_per_hour', '/surprise']);
    expectProblem(await miner.actor.http.post(OFFERS, { gpu: unique('none'), price_per_hour: 1 }, 422), ['/gpu']);
    expectProblem(await client.http.post(OFFERS, { gpu, price_per_hour: 1 }, 403));
    expectProblem(await client.http.get(`${OFFERS}/none`, 404));
    expectProblem(await client.http.post(`${OFFERS}/none/book`, undefined, 404));
    expectProblem(await client.http.post(`${OFFERS}/none/release`, undefined, 404));
  });
});
