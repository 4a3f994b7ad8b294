export { createGpuOfferRouter } from './gpu-offer.router';
export { GpuOfferService } from './gpu-offer.service';
export { GpuOfferStore } from './gpu-offer.store';
export { gpuOfferDocument } from './gpu-offer.openapi';
