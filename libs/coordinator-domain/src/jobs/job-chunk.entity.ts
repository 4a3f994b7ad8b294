import { CountColumn, LongTextColumn, TimeColumn } from '@aitbc/shared-domain';
import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Job } from './job.entity';

/**
 * A piece of the text of a job whose client reads along. Pieces of one job are numbered without a gap over all its
 * attempts; only the miner that holds the job adds to them. They are deleted some time after the end of the job.
 */
@Entity('job_chunks')
// One entry a job: the sweep finds streams by the age of their first piece.
@Index('ix_job_chunks_age', ['createdAt'], { where: 'seq = 1' })
export class JobChunk {
  @PrimaryColumn({ type: 'varchar', length: 60, name: 'job_id' })
  @ForeignKey(() => Job, { name: 'fk_job_chunks_job', onDelete: 'CASCADE' })
  jobId: string;

  /** From 1, over all attempts. */
  @PrimaryColumn({ type: 'integer' })
  seq: number;

  @CountColumn()
  attempt: number;

  /** From 1, in its attempt. A 1 that is not the first of the job means: what came before is void. */
  @CountColumn()
  position: number;

  @LongTextColumn()
  text: string;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;
}
