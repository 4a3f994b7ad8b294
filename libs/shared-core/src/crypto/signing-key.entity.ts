import { Entity, Index, PrimaryColumn } from 'typeorm';
import { JsonColumn, TimeColumn } from '@aitbc/shared-domain';
import type { Ed25519PrivateJwk, Ed25519PublicJwk } from './ed25519';

/** A key pair of the platform. Retired ones stay, since what they signed must go on verifying. */
@Entity('signing_keys')
export class SigningKeyEntity {
  /** RFC 7638 thumbprint. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  kid: string;

  @JsonColumn({ name: 'public_jwk' })
  publicJwk: Ed25519PublicJwk;

  @JsonColumn({ name: 'private_jwk' })
  privateJwk: Ed25519PrivateJwk;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  /** Since when it signs no more; `null` for the active key. */
  @Index('ix_signing_keys_retired')
  @TimeColumn({ name: 'retired_at', nullable: true })
  retiredAt: number | null;
}
