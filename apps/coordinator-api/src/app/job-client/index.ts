export { JobDurations } from './job-durations';
export { LocalJobClient } from './local-job-client';
