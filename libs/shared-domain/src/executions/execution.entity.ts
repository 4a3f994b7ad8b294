import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../columns/checks';
import {
  CountColumn,
  FlagColumn,
  JsonColumn,
  LongTextColumn,
  TextColumn,
  TimeColumn,
  UnitsColumn,
} from '../columns/columns';
import type { JsonObject, JsonValue } from '../json';
import { AIAgentWorkflowVersion } from '../workflows/workflow.entity';
import { type StepType, VERIFICATION_LEVELS, type VerificationLevel } from '../workflows/workflow.enums';
import {
  EXECUTION_STATUSES,
  type ExecutionStatus,
  STEP_STATUSES,
  type StepStatus,
  type WaitKind,
} from './execution.enums';
import type { StepCharge } from './step-charge';

/** One run of one version of a workflow, and what the engine must know to carry it on after a crash. */
@Entity('agent_executions')
@ForeignKey(() => AIAgentWorkflowVersion, ['workflowId', 'workflowVersion'], ['workflowId', 'version'], {
  name: 'fk_executions_version',
})
@Index('ix_executions_owner', ['ownerId', 'id'])
@Index('ix_executions_owner_status', ['ownerId', 'status', 'id'])
@Index('ix_executions_workflow', ['workflowId', 'workflowVersion', 'status', 'id'])
@Index('ix_executions_wake', ['wakeAt'], { where: 'wake_at IS NOT NULL' })
@Index('ix_executions_retry_of', ['retryOf'], { where: 'retry_of IS NOT NULL' })
@Index('ix_executions_completed', ['completedAt'], { where: 'completed_at IS NOT NULL' })
@Check('ck_executions_status', oneOf('status', EXECUTION_STATUSES))
@Check('ck_executions_level', oneOf('verification_level', VERIFICATION_LEVELS))
export class AgentExecution {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(60, { name: 'workflow_id' })
  workflowId: string;

  @CountColumn({ name: 'workflow_version' })
  workflowVersion: number;

  @TextColumn(200, { name: 'owner_id' })
  ownerId: string;

  @TextColumn(100, { name: 'agent_id', nullable: true })
  agentId: string | null;

  @TextColumn(20)
  status: ExecutionStatus;

  /** Canonical JSON of the inputs: what `inputs_hash` of the receipt is the hash of. */
  @LongTextColumn()
  inputs: string;

  /** Canonical JSON of the result of a completed execution. */
  @LongTextColumn({ name: 'final_result', nullable: true })
  finalResult: string | null;

  @TextColumn(60, { name: 'error_code', nullable: true })
  errorCode: string | null;

  @LongTextColumn({ name: 'error_message', nullable: true })
  errorMessage: string | null;

  @TextColumn(64, { name: 'failed_step', nullable: true })
  failedStep: string | null;

  @TextColumn(20, { name: 'verification_level' })
  verificationLevel: VerificationLevel;

  /** Seconds. */
  @CountColumn({ name: 'max_execution_time' })
  maxExecutionTime: number;

  /** Units of 10⁻⁸ coin; 0 is no limit. */
  @UnitsColumn({ name: 'max_cost_budget' })
  maxCostBudget: number;

  @UnitsColumn({ name: 'total_cost' })
  totalCost: number;

  @CountColumn({ name: 'total_steps' })
  totalSteps: number;

  @CountColumn({ name: 'completed_steps' })
  completedSteps: number;

  /** The step that was started last. */
  @TextColumn(64, { name: 'current_step', nullable: true })
  currentStep: string | null;

  /** Sequence number of the newest event; raised in the same conditional update that appends events. */
  @CountColumn({ name: 'event_seq' })
  eventSeq: number;

  /** Raised by each claim, cancel, pause and time-out; every write of a worker is conditional on it. */
  @CountColumn({ name: 'lease_epoch' })
  leaseEpoch: number;

  /** The worker that holds it, while one does. */
  @TextColumn(100, { name: 'lease_owner', nullable: true })
  leaseOwner: string | null;

  /** When a worker should look at it again: due time, or the end of the lease while one holds it; null when nothing is due. */
  @TimeColumn({ name: 'wake_at', nullable: true })
  wakeAt: number | null;

  /** When `max_execution_time` runs out; null until the execution has started. */
  @TimeColumn({ name: 'deadline_at', nullable: true })
  deadlineAt: number | null;

  /** Since when it is paused; null while it is not. Deadlines stand still meanwhile. */
  @TimeColumn({ name: 'paused_at', nullable: true })
  pausedAt: number | null;

  /** Behaviour switches of the engine with which this execution began; see `engine-flags.ts`. */
  @CountColumn({ name: 'engine_flags' })
  engineFlags: number;

  @TextColumn(60, { name: 'retry_of', nullable: true })
  retryOf: string | null;

  /** W3C `traceparent` of what started it: its own span is a child of that. */
  @TextColumn(55, { name: 'trace_parent', nullable: true })
  traceParent: string | null;

  @TimeColumn({ name: 'started_at', nullable: true })
  startedAt: number | null;

  @TimeColumn({ name: 'completed_at', nullable: true })
  completedAt: number | null;

  @TimeColumn({ name: 'created_at' })
  createdAt: number;

  @TimeColumn({ name: 'updated_at' })
  updatedAt: number;
}

/** What became of one step in one execution. A row exists from the step's first start (or skip) on. */
@Entity('agent_step_executions')
@Index('ux_step_executions_step', ['executionId', 'stepId'], { unique: true })
@Index('ix_step_executions_wait', ['waitKind', 'waitRef'], { where: 'wait_ref IS NOT NULL' })
@Index('ix_step_executions_open_wait', ['waitKind'], { where: 'wait_kind IS NOT NULL' })
@Index('ix_step_executions_release', ['releasePending'], { where: 'release_pending' })
@Check('ck_step_executions_status', oneOf('status', STEP_STATUSES))
export class AgentStepExecution {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(60, { name: 'execution_id' })
  @ForeignKey(() => AgentExecution, { name: 'fk_step_executions_execution', onDelete: 'CASCADE' })
  executionId: string;

  @TextColumn(64, { name: 'step_id' })
  stepId: string;

  @TextColumn(20, { name: 'step_type' })
  stepType: StepType;

  @TextColumn(20)
  status: StepStatus;

  /** 1 for the first try; raised by a retry after a recorded failure, not by a re-run after a crash. */
  @CountColumn()
  attempt: number;

  /** Canonical JSON of the mapped input. */
  @LongTextColumn({ nullable: true })
  input: string | null;

  /** Canonical JSON of the mapped output. */
  @LongTextColumn({ nullable: true })
  output: string | null;

  @TextColumn(60, { name: 'error_code', nullable: true })
  errorCode: string | null;

  @LongTextColumn({ name: 'error_message', nullable: true })
  errorMessage: string | null;

  /** Units of 10⁻⁸ coin, over all attempts: the sum of its charges. */
  @UnitsColumn()
  cost: number;

  /** What the attempts have cost, oldest first; null when none has used anything that has a price. */
  @JsonColumn({ nullable: true })
  charges: StepCharge[] | null;

  /** Units that the running attempt may still cost: what the budget sets aside for it. */
  @UnitsColumn({ name: 'reserved_cost', default: 0 })
  reservedCost: number;

  /** What the handler measured: `memory_bytes`, `cpu_ms`, `gpu_accelerated`, … */
  @JsonColumn({ nullable: true })
  metrics: JsonObject | null;

  @TextColumn(20, { name: 'wait_kind', nullable: true })
  waitKind: WaitKind | null;

  /** The id of the job, or the name of the signal, that a waiting step waits for. */
  @TextColumn(100, { name: 'wait_ref', nullable: true })
  waitRef: string | null;

  /** When a waiting step is due by itself: the retry or timer; for a job the next look at it. */
  @TimeColumn({ name: 'wait_until', nullable: true })
  waitUntil: number | null;

  /** Canonical JSON of what `wait_for` waited for (the data of the signal, null for a time); null until it has come. */
  @LongTextColumn({ nullable: true })
  awaited: string | null;

  /** The execution from which this completed step was adopted by a retry. */
  @TextColumn(60, { name: 'adopted_from', nullable: true })
  adoptedFrom: string | null;

  /** When this attempt's `timeout_seconds` run out. */
  @TimeColumn({ name: 'deadline_at', nullable: true })
  deadlineAt: number | null;

  /** The receipt of the coordinator job whose result the output is. */
  @TextColumn(60, { name: 'job_receipt_id', nullable: true })
  jobReceiptId: string | null;

  /** True while something that the step holds outside (a job) must still be cancelled. */
  @FlagColumn({ name: 'release_pending' })
  releasePending: boolean;

  /** Start of the newest attempt. */
  @TimeColumn({ name: 'started_at', nullable: true })
  startedAt: number | null;

  @TimeColumn({ name: 'completed_at', nullable: true })
  completedAt: number | null;
}

/** One entry of an execution's gap-free history. */
@Entity('execution_events')
@Index('ix_execution_events_commit', ['commitXid'], { where: 'commit_xid IS NOT NULL' })
export class ExecutionEvent {
  @PrimaryColumn({ type: 'varchar', length: 60, name: 'execution_id' })
  @ForeignKey(() => AgentExecution, { name: 'fk_execution_events_execution', onDelete: 'CASCADE' })
  executionId: string;

  /** 1, 2, 3, … without gaps. */
  @PrimaryColumn({ type: 'integer' })
  seq: number;

  /** `execution.started`, `step.completed`, … */
  @TextColumn(40)
  type: string;

  @TextColumn(64, { name: 'step_id', nullable: true })
  stepId: string | null;

  @JsonColumn()
  data: JsonValue;

  @TimeColumn({ name: 'occurred_at' })
  occurredAt: number;

  /**
   * On PostgreSQL the id of the transaction that wrote it, set by the database: what the feed over all executions is ordered
   * by; 0 for what was there before the feed. Null on SQLite, whose row ids are in the order of the commits.
   */
  @UnitsColumn({ name: 'commit_xid', nullable: true })
  commitXid: number | null;
}

/** One row: keeps row ids of events on SQLite from being given again after the newest ones were deleted. */
@Entity('execution_feed')
export class ExecutionFeed {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** No event gets a row id up to this one. */
  @UnitsColumn({ name: 'last_place' })
  lastPlace: number;
}

/** Data for a step that waits for a signal; kept until such a step takes it. */
@Entity('execution_signals')
@Index('ix_execution_signals_pending', ['executionId', 'id'], { where: 'consumed_at IS NULL' })
export class ExecutionSignal {
  /** `sig_…`; sorts by arrival. */
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(60, { name: 'execution_id' })
  @ForeignKey(() => AgentExecution, { name: 'fk_execution_signals_execution', onDelete: 'CASCADE' })
  @Index('ix_execution_signals_execution')
  executionId: string;

  @TextColumn(64)
  name: string;

  /** Canonical JSON. */
  @LongTextColumn()
  data: string;

  /** Who sent it. */
  @TextColumn(200, { name: 'sent_by' })
  sentBy: string;

  @TimeColumn({ name: 'sent_at' })
  sentAt: number;

  /** When a step took it: in the commit that ended its wait. */
  @TimeColumn({ name: 'consumed_at', nullable: true })
  consumedAt: number | null;
}

/** The signed receipt of a final execution, issued once. */
@Entity('execution_receipts')
@Index('ux_execution_receipts_execution', ['executionId'], { unique: true })
export class ExecutionReceipt {
  @PrimaryColumn({ type: 'varchar', length: 60 })
  id: string;

  @TextColumn(60, { name: 'execution_id' })
  @ForeignKey(() => AgentExecution, { name: 'fk_execution_receipts_execution', onDelete: 'CASCADE' })
  executionId: string;

  @FlagColumn()
  verified: boolean;

  /** Compact JWS (EdDSA) over the canonical payload. */
  @LongTextColumn()
  jws: string;

  /** The entries of the steps that travel beside the signed payload. */
  @JsonColumn()
  steps: JsonObject[];

  @TimeColumn({ name: 'issued_at' })
  issuedAt: number;
}
