import { Check, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf, TextColumn, TimeColumn } from '@aitbc/shared-domain';
import { type Role, ROLES } from './principal';

/** A key of the API. The key itself is stored nowhere. */
@Entity('api_keys')
@Index('ux_api_keys_hash', ['keyHash'], { unique: true })
@Index('ix_api_keys_subject', ['subject', 'id'])
@Index('ix_api_keys_role', ['role', 'id'])
@Check('ck_api_keys_role', oneOf('role', ROLES))
export class ApiKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  /** Who one is with this key: the owner of what it creates. */
  @TextColumn(200)
  subject: string;

  @TextColumn(20)
  role: Role;

  /** Lower-case hexadecimal SHA-256 of the key; the key has 256 random bits, so there is nothing to guess or to salt. */
  @TextColumn(64, { name: 'key_hash' })
  keyHash: string;

  /** What its holder calls it. */
  @TextColumn(200, { nullable: true })
  label: string | null;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  @TimeColumn({ name: 'expires_at', nullable: true })
  expiresAt: number | null;

  @TimeColumn({ name: 'revoked_at', nullable: true })
  revokedAt: number | null;
}
