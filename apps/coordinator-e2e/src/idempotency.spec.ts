import { type Actor, actor, admin, atEnd, unique } from './testing/actors';
import { Client } from './testing/client';
import { jobBody } from './testing/jobs';
import { ed25519 } from './testing/jws';
import { Miner } from './testing/miner';
import { allOf } from './testing/pages';
import { JOBS, KEYS, MINERS, OFFERS, ROTATE } from './testing/paths';
import { expectProblem } from './testing/problem';

const AT_ONCE = 8;
/** How often many are sent at once until one of them meets another in flight. */
const ROUNDS = 25;

/** A request that is taken with an `Idempotency-Key`. */
interface Creation {
  readonly by: Client;
  readonly path: string;
  readonly body?: object;
  /** Another body, which the route would take too; for a route without one, a body at all. */
  readonly other: object;
  readonly status: number;
}

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
});

async function job(): Promise<Creation> {
  const [body, other] = [jobBody(unique('model')), jobBody(unique('model'))];
  return { by: alice.http, path: JOBS, body, other, status: 201 };
}

async function offer(): Promise<Creation> {
  const gpu = unique('gpu');
  const miner = await Miner.online({ capabilities: { gpus: [{ name: gpu, memory_mb: 8_192 }] } });
  const body = { gpu, price_per_hour: 1 };
  return { by: miner.actor.http, path: OFFERS, body, other: { gpu, price_per_hour: 2 }, status: 201 };
}

async function booking(): Promise<Creation> {
  const { by, path, body } = await offer();
  const { id } = (await by.post(path, body)).body;
  return { by: alice.http, path: `${OFFERS}/${id}/book`, other: { hours: 1 }, status: 200 };
}

async function registration(): Promise<Creation> {
  const { http, subject } = await actor('miner');
  const body = { capabilities: { models: [] }, public_key: ed25519().publicJwk };
  atEnd(() => http.call('delete', `${MINERS}/${subject}`, { status: [204, 404] }));
  return { by: http, path: `${MINERS}/register`, body, other: { ...body, region: 'eu' }, status: 200 };
}

async function key(): Promise<Creation> {
  const body = { subject: unique('subject'), role: 'client' };
  return { by: admin, path: KEYS, body, other: { ...body, role: 'miner' }, status: 201 };
}

async function rotation(): Promise<Creation> {
  return { by: admin, path: ROTATE, other: { a: 1 }, status: 201 };
}

const shown: [string, () => Promise<Creation>][] = [
  ['a job', job],
  ['a GPU offer', offer],
  ['a booking', booking],
  ['a signing key', rotation],
];
const secret: [string, () => Promise<Creation>][] = [
  ['a miner’s session', registration],
  ['an API key', key],
];

const send = ({ by, path, body, status }: Creation, idempotencyKey: string, statuses: readonly number[] = [status]) =>
  by.call('post', path, { status: statuses, body, headers: { 'idempotency-key': idempotencyKey } });

describe('Idempotency-Key', () => {
  it.each(shown)('creates %s once, and answers the first answer again', async (_what, make) => {
    const creation = await make();
    const idempotencyKey = unique('key');
    const first = await send(creation, idempotencyKey);
    const again = await send(creation, idempotencyKey);
    expect(again.body).toEqual(first.body);
    for (const header of ['location', 'etag']) expect(again.headers[header]).toBe(first.headers[header]);
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it.each(secret)('answers no secret twice: a repeat for %s is refused', async (_what, make) => {
    const creation = await make();
    const idempotencyKey = unique('key');
    await send(creation, idempotencyKey);
    expectProblem(await send(creation, idempotencyKey, [409]));
  });

  it.each([...shown, ...secret])('refuses another body with the key of %s', async (_what, make) => {
    const creation = await make();
    const idempotencyKey = unique('key');
    await send(creation, idempotencyKey);
    const other = { ...creation, body: creation.other };
    expectProblem(await send(other, idempotencyKey, [422]), ['Idempotency-Key']);
  });

  it.each([...shown, ...secret])('answers 409 while the first request for %s is in flight', async (_what, make) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const creation = await make();
      const idempotencyKey = unique('key');
      const all = Array.from({ length: AT_ONCE }, () => send(creation, idempotencyKey, [creation.status, 409]));
      const refused = (await Promise.all(all)).filter(({ status }) => status === 409);
      for (const answer of refused) expectProblem(answer);
      if (refused.length > 0) return;
    }
    throw new Error(`in ${ROUNDS} rounds no request met another in flight`);
  });

  it('leaves one job of many requests at the same time', async () => {
    const owner = await actor('client');
    const creation = { ...(await job()), by: owner.http };
    const idempotencyKey = unique('key');
    await Promise.all(Array.from({ length: AT_ONCE }, () => send(creation, idempotencyKey, [201, 409])));
    expect(await allOf(owner, JOBS)).toHaveLength(1);
  });

  it('belongs to the principal', async () => {
    const bob = await actor('client');
    const creation = await job();
    const idempotencyKey = unique('key');
    const mine = await send(creation, idempotencyKey);
    const his = await send({ ...creation, by: bob.http }, idempotencyKey);
    expect(his.body.job_id).not.toBe(mine.body.job_id);
  });

  it('is not used up by a refusal: the mended body is taken with the same key', async () => {
    const creation = await job();
    const idempotencyKey = unique('key');
    expectProblem(await send({ ...creation, body: {} }, idempotencyKey, [422]), ['/payload']);
    await send(creation, idempotencyKey);
  });
});
