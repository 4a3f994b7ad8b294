export { apiKeyDocument } from './api-key.openapi';
export { createApiKeyRouter } from './api-key.router';
