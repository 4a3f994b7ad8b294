/** What an agent says of itself; `offline` also when it has been silent for three heartbeat intervals. */
export const AGENT_STATUSES = ['available', 'busy', 'offline', 'maintenance'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

/** Where an agent stands in its life; only an `active` one may run workflows. */
export const AGENT_LIFECYCLES = ['registered', 'active', 'suspended', 'retired'] as const;
export type AgentLifecycle = (typeof AGENT_LIFECYCLES)[number];

const NEXT: Readonly<Record<AgentLifecycle, readonly AgentLifecycle[]>> = {
  registered: ['active', 'suspended', 'retired'],
  active: ['suspended', 'retired'],
  suspended: ['active', 'retired'],
  retired: [],
};

/** Whether an agent may go from one lifecycle state to another; staying where it is, is no change and not asked here. */
export function canChangeLifecycle(from: AgentLifecycle, to: AgentLifecycle): boolean {
  return NEXT[from].includes(to);
}

/** Seconds between heartbeats that the platform asks of an agent. */
export const HEARTBEAT_INTERVAL_SECONDS = 30;
/** Heartbeats that may be missed before an agent counts as offline. */
export const MISSED_HEARTBEATS_ALLOWED = 3;

/** The status at `now` (ms): what the agent said last, or `offline` when it has been silent for too long. */
export function statusAt(now: number, reported: AgentStatus, lastHeartbeatAt: number | null): AgentStatus {
  return lastHeartbeatAt === null || lastHeartbeatAt < onlineSince(now) ? 'offline' : reported;
}

/** The oldest heartbeat (ms) that still counts as online at `now`. */
export function onlineSince(now: number): number {
  return now - MISSED_HEARTBEATS_ALLOWED * HEARTBEAT_INTERVAL_SECONDS * 1000;
}
