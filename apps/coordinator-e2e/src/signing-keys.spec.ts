import type { JsonWebKey } from 'node:crypto';
import { type Actor, actor, admin } from './testing/actors';
import { Client } from './testing/client';
import { submitted } from './testing/jobs';
import { verified } from './testing/jws';
import { Miner } from './testing/miner';
import { JOBS, ROTATE } from './testing/paths';
import { INSTANT } from './testing/shapes';

let alice: Actor;
beforeAll(async () => {
  alice = await actor('client');
});

const published = async (): Promise<JsonWebKey[]> => (await new Client().get('/.well-known/jwks.json')).body.keys;

async function receipt(): Promise<string> {
  const miner = await Miner.online();
  const id = await submitted(alice, miner.model);
  await miner.complete(await miner.take(), { text: 'hi' });
  return (await alice.http.get(`${JOBS}/${id}/receipt`)).body.jws;
}

const kidOf = (jws: string): unknown => JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()).kid;

describe('the key that signs receipts', () => {
  it('is another one after a rotation, and what the old one signed goes on verifying', async () => {
    const before = await receipt();
    const { body } = await admin.post(ROTATE, undefined, 201);
    expect(body).toEqual({
      kid: expect.any(String),
      created_at: expect.stringMatching(INSTANT),
      retired_kid: expect.any(String),
    });
    const after = await receipt();
    const keys = await published();
    // Another test may rotate at the same time: then the newest key is another one still.
    expect(kidOf(after)).not.toBe(kidOf(before));
    expect(keys.map((key) => key['kid'])).toEqual(expect.arrayContaining([body.kid, body.retired_kid, kidOf(before)]));
    for (const jws of [before, after]) expect(verified(jws, keys)).toMatchObject({ client_id: alice.subject });
  });

  it('is published without its secret', async () => {
    for (const key of await published()) {
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
    }
  });
});
