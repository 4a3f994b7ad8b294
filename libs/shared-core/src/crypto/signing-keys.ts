import { EntityManager, IsNull } from 'typeorm';
import { Database } from '../database/database';
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

/** How long a `kid` that nobody knows keeps us from asking the database again; bounds what strangers can cause. */
const RELOAD_INTERVAL_MS = 1_000;

/** Makes the first signing key of a database; does nothing when there is an active one. Call it under the migration lock. */
export async function ensureSigningKey(manager: EntityManager, now = Date.now()): Promise<void> {
  const active = await manager.countBy(SigningKeyEntity, { retiredAt: IsNull() });
  if (active === 0) await insertNewKey(manager, now);
}

async function insertNewKey(manager: EntityManager, now: number): Promise<void> {
  const { kid, jwk, privateJwk } = generateSigningKey();
  await manager.insert(SigningKeyEntity, { kid, publicJwk: jwk, privateJwk, createdAt: now, retiredAt: null });
}

/**
 * The platform's signing keys, shared by all processes through the database and held in memory: signing and finding a
 * known key touch no database.
 */
export class SigningKeys {
  private byKid = new Map<string, SigningKey>();
  private active: SigningKey | undefined;
  private loadedAt = 0;

  private constructor(private readonly database: Database) {}

  /** @throws Error when the database has no active key: `ensureSigningKey` was not called. */
  static async load(database: Database): Promise<SigningKeys> {
    const keys = new SigningKeys(database);
    await keys.reload();
    return keys;
  }

  /** Compact JWS over `payload` with the active key. */
  sign(payload: string, typ: string): string {
    if (!this.active) throw new Error('there is no active signing key');
    return signJws(payload, this.active, typ);
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

  /** The key of that `kid`, if it is one of the platform's that this process knows. */
  readonly find = (kid: string | undefined): VerifyingKey | undefined =>
    kid === undefined ? undefined : this.byKid.get(kid);

  /** Public keys, the active one first. */
  jwks(): JwksDocument {
    const keys = [...this.byKid.values()].sort((a, b) => Number(b === this.active) - Number(a === this.active));
    return { keys: keys.map(({ kid, jwk }) => ({ ...jwk, kid, use: 'sig', alg: 'EdDSA' })) };
  }

  /** Retires the active key and makes a new one. Other processes sign with the old key until they reload, and it verifies. */
  async rotate(): Promise<void> {
    await this.database.write(async (manager) => {
      const retire = manager.createQueryBuilder().update(SigningKeyEntity).set({ retiredAt: Date.now() });
      await retire.where('retired_at IS NULL').execute();
      await insertNewKey(manager, Date.now());
    });
    await this.reload();
  }

  async reload(): Promise<void> {
    const rows = await this.database.read((manager) => manager.find(SigningKeyEntity, { order: { createdAt: 'ASC' } }));
    this.byKid = new Map(rows.map((row) => [row.kid, signingKeyFrom(row.privateJwk)]));
    const newest = rows.findLast((row) => row.retiredAt === null);
    this.active = newest && this.byKid.get(newest.kid);
    this.loadedAt = Date.now();
    if (!this.active) throw new Error('the database has no active signing key');
  }
}
