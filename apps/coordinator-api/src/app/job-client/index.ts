export { LocalJobClient } from './local-job-client';
