export { createApiKeyRouter } from './api-key.router';
