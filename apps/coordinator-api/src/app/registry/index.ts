export { serviceDocument } from './service.openapi';
export { createServiceRouter, type MinerOffers, modelsOf } from './service.router';
export { ServiceRegistry } from './service-registry';
