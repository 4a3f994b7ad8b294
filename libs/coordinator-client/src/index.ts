export { type CoordinatorApi, coordinatorApi, type Schemas } from './coordinator-api';
export { HttpJobClient } from './http-job-client';
