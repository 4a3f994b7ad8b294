/** What this program reads of the platform's answers; `--json` passes on the whole of them. Times are RFC 3339. */

export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page begins; null on the last one. */
  readonly next_cursor: string | null;
}

export type PageOf = { limit?: number; cursor?: string };

export interface Agent {
  readonly agent_id: string;
  readonly name: string | null;
  readonly capabilities: readonly string[];
  readonly lifecycle: string;
  readonly status: string;
  readonly agent_type: string;
  readonly endpoint_url: string | null;
  readonly last_heartbeat_at: string | null;
  readonly created_at: string;
}

export interface Workflow {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly version: number;
  readonly is_public: boolean;
  readonly tags: readonly string[];
  readonly steps: Readonly<Record<string, { readonly name: string; readonly step_type: string }>>;
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
  readonly updated_at: string;
}

export interface Validation {
  readonly valid: boolean;
  readonly errors: readonly { readonly pointer: string; readonly message: string }[];
  /** What is allowed and most likely a mistake; a server of an earlier release says nothing. */
  readonly warnings?: readonly { readonly pointer: string; readonly message: string }[];
  readonly execution_order: readonly unknown[] | null;
  readonly critical_path: readonly string[] | null;
  readonly critical_path_seconds: number | null;
}

export interface Execution {
  readonly execution_id: string;
  readonly workflow_id: string;
  /** `pending, running, waiting, paused, completed, failed, cancelled`. */
  readonly status: string;
  readonly completed_steps: number;
  readonly total_steps: number;
  readonly error_message: string | null;
  readonly failed_step: string | null;
  readonly created_at: string;
  readonly completed_at: string | null;
  /** Seconds. */
  readonly total_execution_time: number | null;
  /** Coins. */
  readonly total_cost: number;
}

export interface StepState {
  readonly name: string;
  readonly status: string;
  readonly attempt: number;
  readonly error_message: string | null;
  /** `job`, `timer`, `signal`, … while it waits. */
  readonly waits_for: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
}

export interface ExecutionState extends Execution {
  /** Number of its newest event. */
  readonly event_seq: number;
  readonly step_states: Readonly<Record<string, StepState>>;
  readonly final_result: unknown;
}

/** What became of the executions that a bulk request meant; `cancelled` or `retried`, as was asked for. */
export interface BulkResult {
  readonly matched: number;
  readonly cancelled?: number;
  readonly retried?: number;
  readonly unchanged: number;
  /** Whether more match than were asked for. */
  readonly more: boolean;
}

/** A CloudEvent. */
export interface PlatformEvent {
  readonly type: string;
  readonly time: string;
  readonly data: {
    readonly execution_id: string;
    readonly step_id: string | null;
    readonly details: Readonly<Record<string, unknown>>;
  };
}

export interface StepLog {
  readonly step_id: string;
  readonly name: string;
  readonly attempt: number;
  readonly status: string;
  readonly started_at: string | null;
  /** Seconds. */
  readonly execution_time: number | null;
  readonly error_message: string | null;
  readonly cost: number;
}

export interface ExecutionCost {
  readonly execution_id: string;
  readonly status: string;
  /** Coins, as the next two; a budget of 0 is no limit. */
  readonly total_cost: number;
  readonly reserved_cost: number;
  readonly budget: number;
  readonly steps: readonly AttemptCost[];
}

/** What one attempt of a step has cost, and out of what that was computed. */
export interface AttemptCost {
  readonly step_id: string;
  readonly attempt: number;
  readonly cost: number;
  readonly basis: CostBasis;
  readonly job_receipt_id?: string;
  readonly adopted_from?: string;
}

export type CostBasis =
  | { readonly kind: 'none' }
  | { readonly kind: 'job'; readonly job_id: string }
  | { readonly kind: 'cpu'; readonly cpu_microseconds: number | null; readonly price_per_second: number }
  | {
      readonly kind: 'tokens';
      readonly model: string;
      readonly prompt_tokens: number | null;
      readonly completion_tokens: number | null;
      readonly input_price: number | null;
      readonly output_price: number | null;
    };

export interface Job {
  readonly job_id: string;
  readonly service_type: string;
  /** `QUEUED, RUNNING, COMPLETED, FAILED, CANCELED, EXPIRED`. */
  readonly state: string;
  readonly error: string | null;
  readonly assigned_miner_id: string | null;
  readonly attempts: number;
  readonly cost: number | null;
  readonly requested_at: string;
  readonly completed_at: string | null;
}

export interface JobEnd {
  readonly job_id: string;
  readonly state: string;
  readonly error: string | null;
  readonly result: unknown;
  readonly cost: number | null;
}

export interface Miner {
  readonly miner_id: string;
  readonly status: string;
  readonly region: string | null;
  readonly capabilities: {
    readonly services: readonly string[];
    readonly gpus: readonly { readonly name: string }[];
    readonly price: number;
  };
  readonly concurrency: number;
  readonly inflight: number;
  readonly last_heartbeat_at: string | null;
}

export interface ApiKey {
  readonly id: string;
  readonly subject: string;
  readonly role: string;
  readonly label: string | null;
  readonly created_at: string;
  readonly expires_at: string | null;
  readonly revoked_at: string | null;
}

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly event_types: readonly string[];
  readonly workflow_id: string | null;
  readonly description: string | null;
  readonly active: boolean;
  /** `gone` or `failing`: why the platform has turned it off. */
  readonly disabled_reason: string | null;
  readonly failing_since: string | null;
  readonly previous_secret_until: string | null;
  readonly created_at: string;
}

export interface WebhookDelivery {
  readonly id: string;
  readonly webhook_id: string;
  readonly execution_id: string | null;
  readonly event_type: string;
  /** `pending, retrying, succeeded, dead`. */
  readonly status: string;
  readonly attempts: number;
  readonly last_status_code: number | null;
  readonly last_error: string | null;
  readonly next_attempt_at: string | null;
  readonly completed_at: string | null;
}

/** What a rotation of the signing key did. */
export interface KeyRotation {
  readonly kid: string;
  readonly created_at: string;
  readonly retired_kid: string;
}
