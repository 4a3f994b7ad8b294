import { randomBytes } from 'node:crypto';
import { EntityManager } from 'typeorm';
import { sha256Hex } from '../crypto/sha256';
import { newId } from '../ids/ids';
import { ApiKeyEntity } from './api-key.entity';
import { Role } from './principal';

/** What a new key is for. */
export interface ApiKeyRequest {
  readonly subject: string;
  readonly role: Role;
  readonly label?: string | undefined;
  /** Milliseconds since 1970; without it the key stays valid until it is revoked. */
  readonly expiresAt?: number | undefined;
}

/** A new key. `secret` is shown once and not kept. */
export interface IssuedApiKey {
  readonly key: ApiKeyEntity;
  readonly secret: string;
}

/** `aitbc_` and 32 random bytes in base64url: recognisable to secret scanners and to our log redaction. */
export function randomApiKey(): string {
  return `aitbc_${randomBytes(32).toString('base64url')}`;
}

export function hashApiKey(secret: string): string {
  return sha256Hex(secret);
}

export async function insertApiKey(
  manager: EntityManager,
  { subject, role, label, expiresAt }: ApiKeyRequest,
  secret: string,
): Promise<ApiKeyEntity> {
  const key = manager.create(ApiKeyEntity, {
    id: newId('key'),
    subject,
    role,
    keyHash: hashApiKey(secret),
    label: label ?? null,
    createdAt: Date.now(),
    expiresAt: expiresAt ?? null,
    revokedAt: null,
  });
  await manager.insert(ApiKeyEntity, key);
  return key;
}

/**
 * Makes the first admin key of a database without any admin key: `bootstrapKey`, or a random one, which is given back to
 * be printed once. Call it under the migration lock, so that two processes do not make two. Gives `undefined` when
 * nothing is to be printed.
 */
export async function ensureAdminKey(manager: EntityManager, bootstrapKey?: string): Promise<string | undefined> {
  if (await manager.existsBy(ApiKeyEntity, { role: 'admin' })) return undefined;
  const secret = bootstrapKey ?? randomApiKey();
  await insertApiKey(manager, { subject: 'admin', role: 'admin', label: 'first admin key' }, secret);
  return bootstrapKey === undefined ? secret : undefined;
}
