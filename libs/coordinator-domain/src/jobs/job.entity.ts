import type { JobConstraints, JobState, MinerResult } from '@aitbc/contracts';
import {
  CountColumn,
  JsonColumn,
  LongTextColumn,
  TextColumn,
  TimeColumn,
  UnitsColumn,
  oneOf,
} from '@aitbc/shared-domain';
import { Check, Entity, Index, PrimaryColumn } from 'typeorm';
import { JOB_STATES } from './job.enums';
import { SequenceColumn } from './sequence-column';

/** A piece of work for a miner. `job-state.ts` tells its life. */
@Entity('jobs')
@Index('ix_jobs_client', ['clientId', 'id'])
@Index('ix_jobs_client_state', ['clientId', 'state', 'id'])
@Index('ix_jobs_client_type', ['clientId', 'serviceType', 'id'])
@Index('ix_jobs_client_requested', ['clientId', 'requestedAt'])
@Index('ix_jobs_submitter', ['submittedBy', 'id'])
@Index('ix_jobs_miner', ['assignedMinerId', 'id'])
@Index('ix_jobs_changes', ['submittedBy', 'finishedSeq'])
@Index('ux_jobs_idempotency', ['submittedBy', 'idempotencyKey'], { unique: true })
@Index('ux_jobs_finished_seq', ['finishedSeq'], { unique: true })
@Index('ix_jobs_claim', ['id'], { where: "state = 'QUEUED'" })
@Index('ix_jobs_expiry', ['expiresAt'], { where: "state = 'QUEUED'" })
@Index('ix_jobs_lease', ['leaseExpiresAt'], { where: "state = 'RUNNING'" })
@Index('ix_jobs_canceled', ['assignedMinerId', 'finishedAt'], { where: "state = 'CANCELED'" })
@Index('ix_jobs_running', ['assignedMinerId'], { where: "state = 'RUNNING'" })
@Index('ix_jobs_ended', ['state', 'id'], { where: 'finished_at IS NOT NULL' })
@Index('ix_jobs_finished', ['finishedAt'], { where: 'finished_at IS NOT NULL' })
@Index('ix_jobs_requested', ['requestedAt'])
@Index('ix_jobs_type', ['serviceType', 'id'])
@Check('ck_jobs_state', oneOf('state', JOB_STATES))
export class Job {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  /** Whose job it is and who pays. */
  @TextColumn(200, { name: 'client_id' })
  clientId: string;

  /** Subject that sent it in, and that hears of its end in `GET /jobs/changes`; the client's own, or a service's. */
  @TextColumn(200, { name: 'submitted_by' })
  submittedBy: string;

  /** The same key of the same submitter names the same job. */
  @TextColumn(300, { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  @TextColumn(40, { name: 'service_type' })
  serviceType: string;

  /** Canonical JSON: what `request_hash` of the receipt is the hash of. */
  @LongTextColumn({ name: 'service_request' })
  serviceRequest: string;

  /** Lower-case hexadecimal SHA-256 of `serviceRequest`. */
  @TextColumn(64, { name: 'request_hash' })
  requestHash: string;

  @TextColumn(100, { name: 'agent_id', nullable: true })
  agentId: string | null;

  @TextColumn(60, { name: 'execution_id', nullable: true })
  executionId: string | null;

  @TextColumn(64, { name: 'step_id', nullable: true })
  stepId: string | null;

  /** W3C `traceparent` of what submitted it: its own span is a child of that. */
  @TextColumn(55, { name: 'trace_parent', nullable: true })
  traceParent: string | null;

  /** As the client wrote them; the `need_…` columns are what the matching compares. */
  @JsonColumn()
  constraints: JobConstraints;

  @TextColumn(100, { name: 'need_gpu', nullable: true })
  needGpu: string | null;

  /** major × 100 + minor. */
  @CountColumn({ name: 'need_cuda', nullable: true })
  needCuda: number | null;

  /** MiB of one GPU. */
  @CountColumn({ name: 'need_vram_mb', nullable: true })
  needVramMb: number | null;

  @JsonColumn({ name: 'need_models', nullable: true })
  needModels: string[] | null;

  @TextColumn(100, { name: 'need_region', nullable: true })
  needRegion: string | null;

  @UnitsColumn({ name: 'max_price', nullable: true })
  maxPrice: number | null;

  /** What the client offers to pay; recorded, since no payment is taken here. */
  @UnitsColumn({ name: 'payment_amount', nullable: true })
  paymentAmount: number | null;

  @TextColumn(10, { name: 'payment_currency', nullable: true })
  paymentCurrency: string | null;

  @TextColumn(20)
  state: JobState;

  /** Why it failed. */
  @LongTextColumn({ nullable: true })
  error: string | null;

  /** How often a miner got it. */
  @CountColumn({ default: 0 })
  attempts: number;

  /** Who holds the lease, or held it when the job ended. */
  @TextColumn(100, { name: 'assigned_miner_id', nullable: true })
  assignedMinerId: string | null;

  @TimeColumn({ name: 'lease_expires_at', nullable: true })
  leaseExpiresAt: number | null;

  /** The miner's price when it got the job: what the job costs when it completes. */
  @UnitsColumn({ nullable: true })
  price: number | null;

  /** Canonical JSON. */
  @LongTextColumn({ nullable: true })
  result: string | null;

  /** What the miner measured. */
  @JsonColumn({ nullable: true })
  metrics: MinerResult['metrics'] | null;

  /** Seconds that it may stay in the queue, anew each time it is queued. */
  @CountColumn({ name: 'ttl_seconds' })
  ttlSeconds: number;

  @TimeColumn({ name: 'requested_at' })
  requestedAt: number;

  @TimeColumn({ name: 'expires_at' })
  expiresAt: number;

  /** Start of the newest attempt. */
  @TimeColumn({ name: 'started_at', nullable: true })
  startedAt: number | null;

  @TimeColumn({ name: 'finished_at', nullable: true })
  finishedAt: number | null;

  /** Place in the order in which all jobs of this database became final; null until then. */
  @SequenceColumn({ name: 'finished_seq', nullable: true })
  finishedSeq: number | null;

  @TimeColumn({ name: 'updated_at' })
  updatedAt: number;
}

/**
 * One row: how many jobs have become final. It is raised in the transaction that ends a job, so its row lock makes
 * the order of the numbers the order of the commits: a reader that saw number n never misses a smaller one.
 */
@Entity('job_feed')
export class JobFeed {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @SequenceColumn({ name: 'last_seq' })
  lastSeq: number;
}
