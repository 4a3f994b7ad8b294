export { serviceJobDocument } from './service-job.openapi';
export { createServiceJobRouter } from './service-job.router';
export { ServiceJobService } from './service-job.service';
