import { CountColumn, FlagColumn, JsonColumn, TextColumn, TimeColumn } from '@aitbc/shared-domain';
import { Entity, Index, PrimaryColumn } from 'typeorm';

/** That a request with an `Idempotency-Key` created something, and what was answered. */
@Entity('idempotency_records')
export class IdempotencyRecordEntity {
  /** Lower-case hexadecimal SHA-256 of principal, method, path and key: neither key nor caller can be read here. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id: string;

  /** SHA-256 of the query and the canonical body: tells a repeat from another request with the same key. */
  @TextColumn(64, { name: 'request_hash' })
  requestHash: string;

  /** False when the answer showed a secret; then headers and body are not kept. */
  @FlagColumn()
  replayable: boolean;

  /** HTTP status of the answer. */
  @CountColumn()
  status: number;

  /** Headers that a repeat needs: `Location`, `ETag`. */
  @JsonColumn()
  headers: Readonly<Record<string, string>>;

  /** The body as JSON; `null` when there was none. */
  @JsonColumn({ nullable: true })
  body: unknown;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  /** From then on the key is as good as new. */
  @Index('ix_idempotency_records_expires')
  @TimeColumn({ name: 'expires_at' })
  expiresAt: number;
}
