export { JobDurations } from './job-durations';
export { AGENT_CONTEXT_SUBJECT, LocalJobClient } from './local-job-client';
export { delegatedJobDocument } from './delegated-job.openapi';
export { createDelegatedJobRouter } from './delegated-job.router';
