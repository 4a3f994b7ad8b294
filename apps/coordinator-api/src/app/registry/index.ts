export { serviceDocument } from './service.openapi';
export { createServiceRouter, type MinerOffers } from './service.router';
export { ServiceRegistry } from './service-registry';
