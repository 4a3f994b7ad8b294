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

/**
 * How the coordinator asks about agents. In the monolith it is a call, after the extraction HTTP with the shared
 * database as fallback; fails with `dependency_unavailable` when nobody can tell.
 */
export interface AgentDirectory {
  find(agentId: string): Promise<AgentSummary | undefined>;
  counts(): Promise<AgentCounts>;
}
