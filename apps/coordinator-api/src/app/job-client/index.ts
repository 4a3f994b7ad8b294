export { JobDurations } from './job-durations';
export { LocalJobClient } from './local-job-client';
export { delegatedJobDocument } from './delegated-job.openapi';
export { createDelegatedJobRouter } from './delegated-job.router';
