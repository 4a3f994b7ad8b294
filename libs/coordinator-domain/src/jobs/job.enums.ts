import type { JobState } from '@aitbc/contracts';

/** Every state of a job; the last four are final. */
export const JOB_STATES = [
  'QUEUED',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELED',
  'EXPIRED',
] as const satisfies readonly JobState[];

/** How often a job is handed to a miner before it counts as failed. */
export const MAX_JOB_ATTEMPTS = 3;

/** Kinds of jobs that the registry describes. */
export const SERVICE_TYPES = [
  'text_analysis',
  'llm_inference',
  'whisper',
  'stable_diffusion',
  'ffmpeg',
  'blender',
] as const;
export type ServiceType = (typeof SERVICE_TYPES)[number];
