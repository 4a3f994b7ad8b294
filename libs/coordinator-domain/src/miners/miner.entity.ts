import type { MinerCapabilities } from '@aitbc/contracts';
import { CountColumn, JsonColumn, TextColumn, TimeColumn, UnitsColumn } from '@aitbc/shared-domain';
import { Entity, Index, PrimaryColumn } from 'typeorm';

/** An Ed25519 public key as a JSON Web Key (RFC 8037). */
export interface MinerKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

/** A registered worker. Its row outlives `DELETE`, so that nobody else can take the id that receipts name. */
@Entity('miners')
@Index('ix_miners_owner', ['ownerId', 'id'])
@Index('ix_miners_heartbeat', ['lastHeartbeatAt'])
@Index('ux_miners_session', ['sessionHash'], { unique: true })
@Index('ix_miners_region', ['region', 'id'])
export class Miner {
  @PrimaryColumn({ type: 'varchar', length: 100 })
  id: string;

  @TextColumn(200, { name: 'owner_id' })
  ownerId: string;

  /** Kinds of jobs that it takes; null: every kind. */
  @JsonColumn({ nullable: true })
  services: string[] | null;

  @JsonColumn()
  models: string[];

  @JsonColumn()
  gpus: MinerCapabilities['gpus'];

  /** As it wrote it, `major.minor`. */
  @TextColumn(10, { nullable: true })
  cuda: string | null;

  /** major × 100 + minor. */
  @CountColumn({ name: 'cuda_number', nullable: true })
  cudaNumber: number | null;

  /** Price of one job. */
  @UnitsColumn()
  price: number;

  @CountColumn()
  concurrency: number;

  @TextColumn(100, { nullable: true })
  region: string | null;

  /** Verifies what it signs. */
  @JsonColumn({ name: 'public_key' })
  publicKey: MinerKey;

  /** SHA-256 of the session token; null once the miner was removed. */
  @TextColumn(64, { name: 'session_hash', nullable: true })
  sessionHash: string | null;

  /** A word of its own about itself; whether it is online is told by when its last heartbeat came. */
  @TextColumn(20)
  status: string;

  /** How many jobs it said it was running. */
  @CountColumn()
  inflight: number;

  @JsonColumn({ nullable: true })
  metadata: object | null;

  @TimeColumn({ name: 'last_heartbeat_at' })
  lastHeartbeatAt: number;

  @TimeColumn({ name: 'registered_at' })
  registeredAt: number;

  @TimeColumn({ name: 'updated_at' })
  updatedAt: number;

  /** Raised when its operator changes it: what the ETag is made of. Heartbeats leave it. */
  @CountColumn({ default: 1 })
  version: number;

  @TimeColumn({ name: 'removed_at', nullable: true })
  removedAt: number | null;
}
