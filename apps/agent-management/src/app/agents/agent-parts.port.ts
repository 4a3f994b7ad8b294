/**
 * What other features know of an agent, each under a name of its own in the agent's profile (`trust`, `performance`).
 * Those features build upon the agents, so they bring it here rather than being asked.
 */
export interface AgentProfilePart {
  readonly name: string;
  of(agentId: string): Promise<object>;
}

/** Figures that other features add to `GET /stats`, such as `total_executions`; a breakdown is an object. */
export interface StatsPart {
  figures(): Promise<Readonly<Record<string, number | Readonly<Record<string, number>>>>>;
}
