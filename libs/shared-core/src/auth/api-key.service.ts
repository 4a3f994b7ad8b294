import { LessThan } from 'typeorm';
import { Database } from '../database/database';
import { notFound } from '../errors/app-error';
import type { Within } from '../idempotency/idempotent';
import { Page, pageOf, PageRequest } from '../http/pages';
import { ApiKeyEntity } from './api-key.entity';
import { ApiKeyRequest, hashApiKey, insertApiKey, IssuedApiKey, randomApiKey } from './api-key';
import { Authenticator } from './authenticate';
import { CheckedKeys } from './checked-keys';
import { Principal } from './principal';

/** Issues, checks and revokes API keys. */
export class ApiKeyService implements Authenticator {
  private readonly checked = new CheckedKeys();

  constructor(private readonly database: Database) {}

  /** A new random key; the answer is the only place where it can be read. `within` runs in the unit that inserts it. */
  async issue(request: ApiKeyRequest, within?: Within<IssuedApiKey>): Promise<IssuedApiKey> {
    const secret = randomApiKey();
    return this.database.write(async (manager) => {
      const issued = { key: await insertApiKey(manager, request, secret), secret };
      await within?.(issued);
      return issued;
    });
  }

  /**
   * Whose key it is, or `undefined` when it is unknown, expired or revoked. A key that was found valid is believed for
   * up to 5 s, so that revocation by another process takes effect within 5 s.
   */
  async authenticate(secret: string): Promise<Principal | undefined> {
    const hash = hashApiKey(secret);
    return this.checked.get(hash) ?? (await this.lookUp(hash));
  }

  /** Revokes a key at once in this process, and within 5 s in others. A second time changes nothing. */
  async revoke(id: string): Promise<void> {
    const found = await this.database.write(async (manager) => {
      const update = manager.createQueryBuilder().update(ApiKeyEntity).set({ revokedAt: Date.now() });
      await update.where('id = :id AND revoked_at IS NULL', { id }).execute();
      return manager.existsBy(ApiKeyEntity, { id });
    });
    if (!found) throw notFound('key', id);
    this.checked.clear();
  }

  /** Keys, newest first, revoked ones included. */
  async list(page: PageRequest): Promise<Page<ApiKeyEntity>> {
    return this.database.read(async (manager) => {
      const rows = await manager.find(ApiKeyEntity, {
        where: page.afterId === undefined ? {} : { id: LessThan(page.afterId) },
        order: { id: 'DESC' },
        skip: page.offset,
        take: page.limit + 1,
      });
      return pageOf(rows, page, page.withCount ? await manager.count(ApiKeyEntity) : undefined);
    });
  }

  private async lookUp(hash: string): Promise<Principal | undefined> {
    // The generation is read before the row: an answer that a revocation overtakes must not be kept.
    const generation = this.checked.generation;
    const key = await this.database.read((manager) => manager.findOneBy(ApiKeyEntity, { keyHash: hash }));
    const now = Date.now();
    if (!key || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return undefined;
    const principal: Principal = { subject: key.subject, role: key.role, keyId: key.id };
    this.checked.put(hash, principal, key.expiresAt ?? Infinity, generation);
    return principal;
  }
}
