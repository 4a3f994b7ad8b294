/** What the coordinator may know of an agent. */
export interface AgentSummary {
  readonly agentId: string;
  readonly ownerId: string;
  readonly name: string | undefined;
  /** `registered`, `active`, `suspended` or `retired`. */
  readonly lifecycle: string;
  readonly capabilities: readonly string[];
}

export interface AgentCounts {
  readonly registered: number;
  readonly active: number;
  readonly online: number;
}

/** What anybody may know of the receipt of an execution; hashes are lower-case hexadecimal SHA-256. */
export interface ExecutionReceiptSummary {
  readonly id: string;
  readonly executionId: string;
  /** How the execution ended: `completed`, `failed` or `cancelled`. */
  readonly status: string;
  readonly verified: boolean;
  readonly inputsHash: string;
  /** `undefined` when the execution gave no result. */
  readonly resultHash: string | undefined;
  readonly stepsRoot: string;
  /** Coins, at most 8 decimals. */
  readonly totalCost: number;
  /** Milliseconds. */
  readonly issuedAt: number;
}

/** Which receipts, newest first: at most `limit` whose ids come before `beforeId`. */
export interface ReceiptPageRequest {
  readonly limit: number;
  readonly beforeId: string | undefined;
  /** Whether to count all of them. */
  readonly withCount: boolean;
}

export interface ReceiptPage {
  readonly items: readonly ExecutionReceiptSummary[];
  /** The number of all, if it was asked for. */
  readonly total: number | undefined;
}

/**
 * How the coordinator asks about agents, which is by HTTP, with the shared database behind it; fails with
 * `dependency_unavailable` when nobody can tell.
 */
export interface AgentDirectory {
  find(agentId: string): Promise<AgentSummary | undefined>;
  counts(): Promise<AgentCounts>;
  /** Receipts of executions of all owners. */
  receipts(page: ReceiptPageRequest): Promise<ReceiptPage>;
}
