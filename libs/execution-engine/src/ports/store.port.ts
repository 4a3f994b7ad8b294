import type { VerificationLevel, WaitKind } from '@aitbc/shared-domain';
import type { EventRecord, ExecutionState, StepState } from '../core/execution-state';
import type { ExecutionPlan } from '../core/plan';
import type { HeldStep } from './step-handler.port';

/** What a new execution begins with; it is `pending` and due at once. */
export interface NewExecution {
  readonly id: string;
  readonly workflowId: string;
  readonly workflowVersion: number;
  readonly ownerId: string;
  readonly agentId: string | null;
  /** Canonical JSON. */
  readonly inputs: string;
  readonly verificationLevel: VerificationLevel;
  /** Seconds. */
  readonly maxExecutionTime: number;
  /** Units; 0 is no limit. */
  readonly maxCostBudget: number;
  readonly totalSteps: number;
  readonly engineFlags: number;
  readonly retryOf: string | null;
  /** W3C `traceparent` of what started it; the engine only carries it. */
  readonly traceParent: string | null;
  readonly createdAt: number;
}

export interface ClaimRequest {
  readonly workerId: string;
  readonly now: number;
  readonly leaseMs: number;
  readonly limit: number;
}

/** A claim of an execution that is just being stored. */
export type HeldStart = Omit<ClaimRequest, 'limit'>;

/** A new execution, and what is stored with it. */
export interface NewStart {
  readonly execution: NewExecution;
  /** It is claimed from the start, with epoch 1; else it is due at once. */
  readonly held?: HeldStart | undefined;
  /** A commit on top of the claim. */
  readonly first?: ExecutionCommit | undefined;
}

/** A new state with what led to it. It is written whole, or (when the execution has moved on meanwhile) not at all. */
export interface ExecutionCommit {
  readonly state: ExecutionState;
  /** What the state was computed from; a different epoch or sequence number in the database refuses the commit. */
  readonly expected: { readonly leaseEpoch: number; readonly eventSeq: number };
  /** The steps that differ from what is stored. */
  readonly steps: readonly StepState[];
  readonly records: readonly EventRecord[];
  /** Ids of the signals that ended waits; each is marked as taken in the same transaction. */
  readonly consumedSignals: readonly string[];
  /** Who holds it after the commit (null: nobody), and when it is due again. */
  readonly lease: { readonly owner: string | null; readonly wakeAt: number | null };
  readonly at: number;
}

/** A signal that no step has taken yet. */
export interface StoredSignal {
  /** Sorts by arrival. */
  readonly id: string;
  readonly name: string;
  /** Canonical JSON. */
  readonly data: string;
}

/** A signal to be stored. */
export interface NewSignal extends StoredSignal {
  readonly executionId: string;
  readonly sentBy: string;
  readonly sentAt: number;
}

/** A lease as its holder knows it. */
export interface HeldLease {
  readonly executionId: string;
  readonly leaseEpoch: number;
}

/**
 * Where executions are kept. Every write that a worker makes is conditional on the lease epoch that it claimed with:
 * one that was paused past its lease changes nothing when it wakes.
 */
export interface ExecutionStore {
  /**
   * Joins the unit of work in which it is called, if there is one.
   * @param first a commit on top of it, if it does not begin from nothing
   */
  insert(execution: NewExecution, first?: ExecutionCommit): Promise<void>;
  /** Stores new executions. Joins the unit of work in which it is called, if there is one. */
  insertAll(starts: readonly NewStart[]): Promise<void>;
  load(executionId: string): Promise<ExecutionState | undefined>;
  /** Takes executions that are due, oldest due time first, and raises their epochs. No execution goes to two claims. */
  claim(request: ClaimRequest): Promise<ExecutionState[]>;
  /**
   * `lost` when the epoch or the sequence number is no longer the expected one, or the execution is final. What it hands
   * over (to nobody) is due at once where a signal is stored that one of its steps waits for, see `awaitedSignals`.
   */
  commit(commit: ExecutionCommit): Promise<'committed' | 'lost'>;
  /** Extends leases by `leaseMs` from `now`; gives those that are no longer held. */
  renew(leases: readonly HeldLease[], leaseMs: number, now: number): Promise<HeldLease[]>;
  /** Those of the given leases that are no longer held; reads only. */
  lost(leases: readonly HeldLease[]): Promise<HeldLease[]>;
  /** Hands back a lease, due at `wakeAt`; nothing happens when it is no longer held. */
  release(lease: HeldLease, wakeAt: number | null): Promise<void>;
  /**
   * What waiting steps waited for has come: makes these steps due now, and their executions too where no worker holds
   * them. Gives the ids of the executions.
   */
  signal(kind: WaitKind, refs: readonly string[], now: number): Promise<string[]>;
  /**
   * Stores a signal for a step that waits for it, or will. An execution that nobody holds is due at once. Joins the unit
   * of work in which it is called, if there is one.
   *
   * The execution's row is locked first: a worker that hands it over at this moment does so before (then this makes it
   * due) or after (then the hand-over itself finds the signal).
   */
  addSignal(signal: NewSignal): Promise<void>;
  /** The signals of an execution that no step has taken, oldest first. */
  pendingSignals(executionId: string): Promise<StoredSignal[]>;
  /** Those of the executions that have such signals. */
  withPendingSignals(executionIds: readonly string[]): Promise<string[]>;
  /** Milliseconds until the next execution is due (not above 0: one is due), or null. */
  dueIn(now: number): Promise<number | null>;
  /** Steps that still hold something outside after their end. */
  unreleased(limit: number): Promise<HeldStep[]>;
  markReleased(rowIds: readonly string[]): Promise<void>;
}

/** Where the worker gets the immutable plan of an execution. */
export interface PlanLoader {
  load(workflowId: string, version: number): Promise<ExecutionPlan>;
}
