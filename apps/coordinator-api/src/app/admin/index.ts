export { createAdminRouter } from './admin.router';
export { AdminStatsStore } from './admin-stats.store';
export { apiKeyDocument } from './api-key.openapi';
export { createApiKeyRouter } from './api-key.router';
export { signingKeyDocument } from './signing-key.openapi';
export { createSigningKeyRouter } from './signing-key.router';
export { adminDocument } from './admin.openapi';
