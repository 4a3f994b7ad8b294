export { AGENT_CONTEXT_SUBJECT, LocalJobClient } from './local-job-client';
