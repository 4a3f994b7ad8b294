export { networkDocument } from './network.openapi';
export { NetworkRepository } from './network.repository';
export { createNetworkRouter } from './network.router';
export { NetworkService } from './network.service';
