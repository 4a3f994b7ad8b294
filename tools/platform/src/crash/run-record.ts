/** What a run under faults has left behind, as the rules judge it. All times are milliseconds since 1970. */
export interface RunRecord {
  /** The executions whose start was answered with 202. */
  readonly acknowledged: readonly Acknowledged[];
  readonly executions: readonly ExecutionRow[];
  readonly steps: readonly StepRow[];
  /** By execution and sequence number. */
  readonly events: readonly EventRow[];
  readonly jobs: readonly JobRow[];
  readonly effects: readonly Effect[];
  readonly faults: readonly Fault[];
  /** From the last fault until nothing was open any more, or was waited for any longer. */
  readonly recoveryMs: number;
}

export interface Acknowledged {
  readonly id: string;
  /** `cancelled` when a cancel was answered with 200. */
  readonly endsAs: 'completed' | 'cancelled';
}

export interface ExecutionRow {
  readonly id: string;
  readonly status: string;
  readonly event_seq: number;
  readonly completed_steps: number;
  readonly lease_owner: string | null;
  readonly wake_at: number | null;
}

export interface StepRow {
  readonly execution_id: string;
  readonly step_id: string;
  readonly status: string;
  readonly attempt: number;
  readonly release_pending: boolean | number;
}

export interface EventRow {
  readonly execution_id: string;
  readonly seq: number;
  readonly type: string;
  readonly step_id: string | null;
  /** From the data of the event. */
  readonly attempt: number | null;
  /** Why an attempt failed, from the data of the event. */
  readonly code: string | null;
  /** The signal that ended a wait, from the data of the event. */
  readonly signal_id: string | null;
  readonly at: number;
}

export interface JobRow {
  readonly id: string;
  readonly state: string;
  readonly execution_id: string;
  readonly step_id: string;
  readonly idempotency_key: string;
}

/** Something that a step has done outside. */
export interface Effect {
  /** `execution_id:step_id:attempt`, as the product sent it; a miner, which knows no attempts, sends it without. */
  readonly key: string;
  readonly at: number;
}

/** What the supervisor did to a process or to the database, or the machine to all: stood still, or had its clock set. */
export interface Fault {
  readonly kind: 'kill' | 'stop' | 'database' | 'stall' | 'clock';
  readonly from: number;
  readonly until: number;
}

/** One sentence for each place where a record breaks a rule. */
export type Rule = (record: RunRecord) => string[];

export const FINAL = ['completed', 'failed', 'cancelled'];

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  return Map.groupBy(items, keyOf);
}

/** The events of each step, by `execution_id:step_id`, in order. */
export function stepHistories({ events }: RunRecord): Map<string, EventRow[]> {
  const ofSteps = events.filter(({ type }) => type.startsWith('step.'));
  return groupBy(ofSteps, ({ execution_id: id, step_id: step }) => `${id}:${step ?? ''}`);
}
