import type { JsonWebKey } from 'node:crypto';
import { type Actor, actor, unique } from './testing/actors';
import { Client } from './testing/client';
import { submitted } from './testing/jobs';
import { ed25519, signed, verified } from './testing/jws';
import { hashOf } from './testing/json';
import { Miner } from './testing/miner';
import { JOBS, MINERS } from './testing/paths';
import { expectProblem } from './testing/problem';
import { idOf, INSTANT } from './testing/shapes';

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
});

describe('a job from queue to receipt', () => {
  it('is given to a miner under a lease', async () => {
    const miner = await Miner.online();
    const id = await submitted(alice, miner.model, { constraints: { models: [miner.model] } });
    const job = await miner.take();
    expect(job).toMatchObject({
      job_id: id,
      attempt: 1,
      payload: { service_type: 'llm_inference', service_request: { model: miner.model, prompt: 'hello' } },
      constraints: { models: [miner.model] },
      lease_expires_at: expect.stringMatching(INSTANT),
    });
    expect(Date.parse(job.lease_expires_at)).toBeGreaterThan(Date.now());
    expect((await alice.http.get(`${JOBS}/${id}`)).body).toMatchObject({
      state: 'RUNNING',
      assigned_miner_id: miner.id,
    });
  });

  it('ends with the result, and a receipt that miner and coordinator have signed', async () => {
    const miner = await Miner.online({ capabilities: { price: 0.00000007 } });
    const id = await submitted(alice, miner.model, { constraints: { max_price: 1 } });
    const result = { text: 'hi', list: [1, 2.5, null, 'ü'] };
    await miner.complete(await miner.take(), result);
    const { body } = await alice.http.get(`${JOBS}/${id}/result`);
    expect(body.result).toEqual(result);
    const { body: receipt } = await alice.http.get(`${JOBS}/${id}/receipt`);
    expect(body.receipt).toEqual(receipt);
    expect((await alice.http.get(`${JOBS}/${id}/receipts`)).body.items).toEqual([receipt]);
    const keys: JsonWebKey[] = (await new Client().get('/.well-known/jwks.json')).body.keys;
    const payload = verified(receipt.jws, keys);
    expect(payload).toMatchObject({
      receipt_id: expect.stringMatching(idOf('rcpt')),
      job_id: id,
      miner_id: miner.id,
      client_id: alice.subject,
      service_type: 'llm_inference',
      attempt: 1,
      request_hash: hashOf({ model: miner.model, prompt: 'hello' }),
      result_hash: hashOf(result),
      cost: 0.00000007,
      completed_at: expect.stringMatching(INSTANT),
    });
    // The miner's own signature travels inside; its key has no id in a set, since it is the only one asked.
    expect(verified(String(payload['miner_jws']), [miner.keys.publicJwk])).toEqual({
      job_id: id,
      attempt: 1,
      miner_id: miner.id,
      result_hash: hashOf(result),
    });
  });

  it('wakes the client that waits for it', async () => {
    const miner = await Miner.online();
    const id = await submitted(alice, miner.model);
    const job = await miner.take();
    const [{ body }] = await Promise.all([
      alice.http.get(`${JOBS}/${id}/result?wait=30`),
      miner.complete(job, { text: 'at last' }),
    ]);
    expect(body.result).toEqual({ text: 'at last' });
  });

  it('wakes the miner that waits for one', async () => {
    const miner = await Miner.online();
    const [job, id] = await Promise.all([miner.take(), submitted(alice, miner.model)]);
    expect(job.job_id).toBe(id);
  });

  it('accepts the same result again, when its answer got lost', async () => {
    const miner = await Miner.online();
    await submitted(alice, miner.model);
    const job = await miner.take();
    const send = () => miner.actor.http.post(`${MINERS}/${job.job_id}/result`, miner.result(job, { text: 'hi' }), 200);
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
  });
});

describe('attempts', () => {
  it('are three, then the job has failed for good', async () => {
    const miner = await Miner.online();
    const id = await submitted(alice, miner.model);
    for (const attempt of [1, 2, 3]) {
      const job = await miner.take();
      expect(job).toMatchObject({ job_id: id, attempt });
      await miner.fail(job, `failure ${attempt}`);
    }
    await miner.findNothing();
    expect((await alice.http.get(`${JOBS}/${id}`)).body).toMatchObject({
      state: 'FAILED',
      error: expect.stringContaining('failure 3'),
    });
    expect((await alice.http.get(`${JOBS}/${id}/result`)).body).toMatchObject({ result: null, receipt: null });
  });
});

describe('who holds a job', () => {
  it('is one miner only, however many ask at once', async () => {
    const model = unique('model');
    const miners = await Promise.all([1, 2, 3, 4].map(() => Miner.online({ model })));
    await submitted(alice, model);
    const polls = miners.map(({ actor: { http } }) =>
      http.call('post', `${MINERS}/poll`, { status: [200, 204], body: { max_wait_seconds: 0 } }),
    );
    expect((await Promise.all(polls)).map(({ status }) => status).sort()).toEqual([200, 204, 204, 204]);
  });

  it('alone may end it', async () => {
    const model = unique('model');
    const holder = await Miner.online({ model });
    const other = await Miner.online({ model });
    await submitted(alice, model);
    const job = await holder.take();
    const result = `${MINERS}/${job.job_id}/result`;
    expectProblem(await other.actor.http.post(result, other.result(job, {}), 409));
    expectProblem(await other.actor.http.post(`${MINERS}/${job.job_id}/fail`, { error: 'no' }, 409));
    await holder.complete(job, {});
    expectProblem(await holder.actor.http.post(`${MINERS}/${job.job_id}/fail`, { error: 'late' }, 409));
    expectProblem(await holder.actor.http.post(result, holder.result(job, { another: 1 }), 409));
    expectProblem(await holder.actor.http.post(`${MINERS}/job_none/result`, holder.result(job, {}), 404));
    expectProblem(await holder.actor.http.post(`${MINERS}/job_none/fail`, { error: 'no' }, 404));
  });

  it('loses it when the client cancels', async () => {
    const miner = await Miner.online();
    const id = await submitted(alice, miner.model);
    const job = await miner.take();
    await alice.http.post(`${JOBS}/${id}/cancel`, undefined, 200);
    expectProblem(await miner.actor.http.post(`${MINERS}/${id}/result`, miner.result(job, {}), 409));
  });
});

describe('signatures of results', () => {
  it('must be the miner’s, over exactly this result', async () => {
    const miner = await Miner.online();
    await submitted(alice, miner.model);
    const job = await miner.take();
    const { signature } = miner.result(job, { text: 'signed' });
    const claim = { job_id: job.job_id, attempt: 1, miner_id: miner.id, result_hash: hashOf({ text: 'sent' }) };
    const [header = '', payload = ''] = signed(claim, miner.keys).split('.');
    const forged = {
      'over another result': signature,
      'of another key': signed(claim, ed25519()),
      'over another job': signed({ ...claim, job_id: 'job_other' }, miner.keys),
      'over another miner': signed({ ...claim, miner_id: 'other' }, miner.keys),
      'over more than the claim': signed({ ...claim, more: 1 }, miner.keys),
      'that is missing': `${header}.${payload}.`,
      'that is no JWS': 'signature',
    };
    for (const bad of Object.values(forged)) {
      const body = { result: { text: 'sent' }, signature: bad };
      expectProblem(await miner.actor.http.post(`${MINERS}/${job.job_id}/result`, body, 422), ['/signature']);
    }
    await miner.complete(job, { text: 'sent' });
  });
});

describe('the feed of finished jobs', () => {
  it('tells a service its jobs in the order in which they ended, to those who wait too', async () => {
    const service = await actor('service');
    const miner = await Miner.online();
    const changes = async (query: string) => (await service.http.get(`${JOBS}/changes?${query}`)).body;
    const { next_cursor: start } = await changes('wait=0');
    expect((await changes(`after=${start}&wait=0`)).items).toEqual([]);
    const ids = [await submitted(service, miner.model), await submitted(service, miner.model)];
    await submitted(alice, miner.model);
    const [first] = await Promise.all([changes(`after=${start}&wait=30`), finish(miner, 3)]);
    expect(first.items[0]).toMatchObject({ job_id: ids[0], state: 'COMPLETED' });
    const { items, next_cursor: end } = await changes(`after=${start}&wait=0`);
    expect(items.map(({ job_id }: { job_id: string }) => job_id)).toEqual(ids);
    expect((await changes(`after=${end}&wait=0`)).items).toEqual([]);
  });

  async function finish(miner: Miner, count: number): Promise<void> {
    for (let done = 0; done < count; done += 1) await miner.complete(await miner.take(), { done });
  }
});
