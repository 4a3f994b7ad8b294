export { type CoordinatorApi, coordinatorApi, type Operations, type Schemas } from './coordinator-api';
export { HttpJobClient } from './http-job-client';
