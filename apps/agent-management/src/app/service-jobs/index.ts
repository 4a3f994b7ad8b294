export { JobStreams } from './job-streams';
export { serviceJobDocument } from './service-job.openapi';
export { createServiceJobRouter } from './service-job.router';
export { createServiceStreamRouter } from './service-stream.router';
export { ServiceJobService } from './service-job.service';
