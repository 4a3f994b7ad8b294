import { JsonColumn, LongTextColumn, TextColumn, TimeColumn, UnitsColumn } from '@aitbc/shared-domain';
import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Job } from '../jobs/job.entity';
import type { MinerKey } from '../miners/miner.entity';

/** The signed receipt of a completed job: one for each, written in the transaction that completes it. */
@Entity('job_receipts')
@Index('ux_job_receipts_job', ['jobId'], { unique: true })
@Index('ix_job_receipts_client', ['clientId', 'id'])
@Index('ix_job_receipts_miner', ['minerId', 'id'])
@Index('ix_job_receipts_earned', ['minerId', 'issuedAt'])
export class JobReceipt {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(60, { name: 'job_id' })
  @ForeignKey(() => Job, { name: 'fk_job_receipts_job', onDelete: 'CASCADE' })
  jobId: string;

  @TextColumn(200, { name: 'client_id' })
  clientId: string;

  @TextColumn(100, { name: 'miner_id' })
  minerId: string;

  @UnitsColumn()
  cost: number;

  /** Compact JWS (EdDSA) of the coordinator over the canonical payload. */
  @LongTextColumn()
  jws: string;

  /** The miner's key (JWK) when it signed: the payload's `miner_jws` can be checked with it after a key change. */
  @JsonColumn({ name: 'miner_key' })
  minerKey: MinerKey;

  @TimeColumn({ name: 'issued_at' })
  issuedAt: number;
}
