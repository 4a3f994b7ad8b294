import { EntityManager, IsNull } from 'typeorm';
import { Database } from '../database/database';
import type { Within } from '../idempotency/idempotent';
import { Ed25519PublicJwk, generateSigningKey, SigningKey, signingKeyFrom, VerifyingKey } from './ed25519';
import { JwsError, signJws, VerifiedJws, verifyJws } from './jws';
import { SigningKeyEntity } from './signing-key.entity';

export interface PublishedKey extends Ed25519PublicJwk {
  readonly kid: string;
  readonly use: 'sig';
  readonly alg: 'EdDSA';
}

/** What `/.well-known/jwks.json` answers (RFC 7517). */
export interface JwksDocument {
  readonly keys: readonly PublishedKey[];
}

/** Signs texts with one key; `typ` says what kind of thing is signed. */
export interface TextSigner {
  /** Compact JWS over `payload`. */
  sign(payload: string, typ: string): string;
}

/** What a rotation did. Times are milliseconds. */
export interface KeyRotation {
  readonly kid: string;
  readonly createdAt: number;
  /** The key that signs no more. */
  readonly retiredKid: string;
}

interface KnownKey extends SigningKey {
  readonly retiredAt: number | null;
}

/** How long a `kid` that nobody knows keeps us from asking the database again; bounds what strangers can cause. */
const RELOAD_INTERVAL_MS = 1_000;
/** How long it may take until this process holds a retirement against short-lived signatures. */
const RETIREMENT_SEEN_MS = 5_000;

/** Makes the first signing key of a database; does nothing when there is an active one. Call it under the migration lock. */
export async function ensureSigningKey(manager: EntityManager, now = Date.now()): Promise<void> {
  const active = await manager.countBy(SigningKeyEntity, { retiredAt: IsNull() });
  if (active === 0) await insertNewKey(manager, now);
}

async function insertNewKey(manager: EntityManager, now: number): Promise<string> {
  const { kid, jwk, privateJwk } = generateSigningKey();
  await manager.insert(SigningKeyEntity, { kid, publicJwk: jwk, privateJwk, createdAt: now, retiredAt: null });
  return kid;
}

/**
 * The platform's signing keys, shared by all processes through the database. Finding a known key touches no database;
 * `signer` and `published` ask it which key is active, so that all processes agree as soon as a rotation is committed.
 * Keys are never taken away: what they signed goes on verifying.
 */
export class SigningKeys {
  private byKid = new Map<string, KnownKey>();
  private active: KnownKey | undefined;
  private loadedAt = 0;

  private constructor(private readonly database: Database) {}

  /** @throws Error when the database has no active key: `ensureSigningKey` was not called. */
  static async load(database: Database): Promise<SigningKeys> {
    const keys = new SigningKeys(database);
    await keys.reload();
    return keys;
  }

  /**
   * The key that signs now, by the database: whoever asks after a rotation by any process was answered gets the new key.
   * Use it at once; it goes on signing with that key.
   */
  async signer(): Promise<TextSigner> {
    await this.freshen();
    const key = this.active;
    if (!key) throw new Error('there is no active signing key');
    return { sign: (payload, typ) => signJws(payload, key, typ) };
  }

  /**
   * Verifies with any key of the platform, retired ones included. A `kid` that is not known here may be one that another
   * process has just made, so the keys are read again (at most once a second) before it is refused.
   * @throws JwsError
   */
  async verify(jws: string, typ?: string): Promise<VerifiedJws> {
    try {
      return verifyJws(jws, this.find, typ);
    } catch (error) {
      const mayBeNew = error instanceof JwsError && error.problem === 'unknown_key';
      if (!mayBeNew || Date.now() - this.loadedAt < RELOAD_INTERVAL_MS) throw error;
      await this.reload();
      return verifyJws(jws, this.find, typ);
    }
  }

  /**
   * Verifies what is only valid for `lifetimeMs` after it was signed. A key that was retired longer ago can have signed
   * nothing of that kind that still counts: whoever holds its private part since then opens nothing with it.
   * @throws JwsError
   */
  async verifyShortLived(jws: string, typ: string, lifetimeMs: number): Promise<VerifiedJws> {
    if (Date.now() - this.loadedAt >= RETIREMENT_SEEN_MS) await this.freshen();
    const verified = await this.verify(jws, typ);
    const retiredAt = this.byKid.get(verified.kid)?.retiredAt ?? null;
    if (retiredAt === null || Date.now() - retiredAt <= lifetimeMs) return verified;
    throw new JwsError('unknown_key', `the key ${verified.kid} was retired too long ago`);
  }

  /** The key of that `kid`, if it is one of the platform's that this process knows. */
  readonly find = (kid: string | undefined): VerifyingKey | undefined =>
    kid === undefined ? undefined : this.byKid.get(kid);

  /** Public keys that this process knows, the active one first. */
  jwks(): JwksDocument {
    const keys = [...this.byKid.values()].sort((a, b) => Number(b === this.active) - Number(a === this.active));
    return { keys: keys.map(({ kid, jwk }) => ({ ...jwk, kid, use: 'sig', alg: 'EdDSA' })) };
  }

  /** All public keys of the platform, those that other processes have just made included. */
  async published(): Promise<JwksDocument> {
    await this.freshen();
    return this.jwks();
  }

  /**
   * Retires the active key and makes a new one, in one unit: there is exactly one active key at any time, and of two
   * rotations at once the second retires the first one's key. `within` runs in that unit.
   */
  async rotate(within?: Within<KeyRotation>): Promise<KeyRotation> {
    const rotation = await this.database.write(async (manager) => {
      const now = Date.now();
      const { kid: retiredKid } = await manager.findOneByOrFail(SigningKeyEntity, { retiredAt: IsNull() });
      await manager.update(SigningKeyEntity, { kid: retiredKid }, { retiredAt: now });
      const done = { kid: await insertNewKey(manager, now), createdAt: now, retiredKid };
      await within?.(done);
      return done;
    });
    await this.reload();
    return rotation;
  }

  async reload(): Promise<void> {
    const loadedAt = Date.now();
    const rows = await this.database.read((manager) => manager.find(SigningKeyEntity, { order: { createdAt: 'ASC' } }));
    const newest = rows.findLast((row) => row.retiredAt === null);
    if (!newest) throw new Error('the database has no active signing key');
    // A slower read that began earlier must not undo what a later one has brought.
    if (loadedAt < this.loadedAt || rows.length < this.byKid.size) return;
    this.byKid = new Map(rows.map((row) => [row.kid, knownKey(row)]));
    this.active = this.byKid.get(newest.kid);
    this.loadedAt = loadedAt;
  }

  /** Reads the keys again if another one is active by now: a rotation is the only change that there is. */
  private async freshen(): Promise<void> {
    const askedAt = Date.now();
    const [row] = await this.database.readSql((sql) =>
      sql.query<{ kid: string }>('SELECT kid FROM signing_keys WHERE retired_at IS NULL'),
    );
    if (row?.kid !== this.active?.kid) await this.reload();
    else this.loadedAt = Math.max(this.loadedAt, askedAt);
  }
}

function knownKey({ privateJwk, retiredAt }: SigningKeyEntity): KnownKey {
  return { ...signingKeyFrom(privateJwk), retiredAt };
}
