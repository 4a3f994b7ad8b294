/** What a miner says of itself in its heartbeats; whether it is online is told by when the last one came. */
export const MINER_STATUSES = ['available', 'busy', 'draining', 'offline'] as const;
export type MinerStatus = (typeof MINER_STATUSES)[number];
