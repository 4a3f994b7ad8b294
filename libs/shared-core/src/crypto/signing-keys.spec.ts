import { IsNull } from 'typeorm';
import { platformEntities, platformMigrations } from '../auth/platform-schema';
import type { Database } from '../database/database';
import { describeOnEngines } from '../testing/database-engines';
import { SigningKeyEntity } from './signing-key.entity';
import { ensureSigningKey, SigningKeys } from './signing-keys';

const platform = { entities: platformEntities, migrations: platformMigrations, prepare: ensureSigningKey };
const TYP = 't';
const LIFETIME_MS = 900_000;

describeOnEngines('signing keys', ({ openDatabase, freshUrl }) => {
  let database: Database;
  /** Two processes on one database. */
  let here: SigningKeys;
  let there: SigningKeys;
  beforeEach(async () => {
    const url = await freshUrl();
    database = await openDatabase({ ...platform, url });
    here = await SigningKeys.load(database);
    there = await SigningKeys.load(await openDatabase({ ...platform, url }));
  });
  afterEach(() => jest.restoreAllMocks());

  const signed = async (keys: SigningKeys, text = 'text') => (await keys.signer()).sign(text, TYP);
  const rows = () => database.read((manager) => manager.find(SigningKeyEntity, { order: { createdAt: 'ASC' } }));
  const later = (ms: number) => {
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + ms);
  };

  it('are made once for all processes', async () => {
    expect(await rows()).toHaveLength(1);
    expect(here.jwks()).toEqual(there.jwks());
    expect(JSON.stringify(here.jwks())).not.toContain('"d"');
  });

  it('are required', async () => {
    const empty = await openDatabase({ ...platform, url: await freshUrl(), prepare: async () => undefined });
    await expect(SigningKeys.load(empty)).rejects.toThrow(/no active signing key/);
  });

  it('are rotated for every process at once, and the old ones go on verifying', async () => {
    const old = await signed(here, 'old');
    const rotation = await here.rotate();
    expect(rotation).toMatchObject({ retiredKid: kidOf(old), kid: expect.not.stringMatching(kidOf(old)) });
    for (const keys of [here, there]) {
      const fresh = await signed(keys, 'new');
      expect(kidOf(fresh)).toBe(rotation.kid);
      expect((await keys.published()).keys.map(({ kid }) => kid)).toEqual([rotation.kid, kidOf(old)]);
      expect((await keys.verify(old, TYP)).payload).toBe('old');
      expect((await keys.verify(fresh, TYP)).payload).toBe('new');
    }
  });

  it('made by another process verify before this one has signed anything with them', async () => {
    await here.rotate();
    const fresh = await signed(here);
    later(1_000);
    expect((await there.verify(fresh, TYP)).payload).toBe('text');
  });

  it('leave one active key however many rotate at once, and every signature verifies', async () => {
    const rotations = Promise.all([here, there, here, there, here].map((keys) => keys.rotate()));
    const signatures: string[] = [];
    for (let index = 0; index < 10; index += 1) signatures.push(await signed(index % 2 === 0 ? here : there));
    const kids = (await rotations).map(({ kid }) => kid);
    const retired = (await rotations).map(({ retiredKid }) => retiredKid);
    expect(new Set([...kids, ...retired]).size).toBe(6);
    const active = await database.read((manager) => manager.findBy(SigningKeyEntity, { retiredAt: IsNull() }));
    expect(active.map(({ kid }) => kid)).toEqual(kids.filter((kid) => !retired.includes(kid)));
    for (const keys of [here, there]) {
      expect((await keys.published()).keys).toHaveLength(6);
      expect(kidOf(await signed(keys))).toBe(active[0]?.kid);
      for (const signature of signatures) expect((await keys.verify(signature, TYP)).payload).toBe('text');
    }
  });

  it('are as they were when what belongs to the rotation fails', async () => {
    const refused = here.rotate(() => Promise.reject(new Error('no')));
    await expect(refused).rejects.toThrow('no');
    expect(await rows()).toHaveLength(1);
    expect((await here.published()).keys).toHaveLength(1);
  });

  it('verify nothing short-lived any more once they were retired for longer than it lasts', async () => {
    const old = await signed(there);
    await here.rotate();
    later(LIFETIME_MS - 60_000);
    expect((await there.verifyShortLived(old, TYP, LIFETIME_MS)).payload).toBe('text');
    jest.restoreAllMocks();
    later(LIFETIME_MS + 60_000);
    await expect(there.verifyShortLived(old, TYP, LIFETIME_MS)).rejects.toMatchObject({ problem: 'unknown_key' });
    expect((await there.verify(old, TYP)).payload).toBe('text');
  });
});

function kidOf(jws: string): string {
  return (JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as { kid: string }).kid;
}
