export { ensureAdminKey, hashApiKey, type ApiKeyRequest, type IssuedApiKey } from './api-key';
export * from './api-key.entity';
export * from './api-key.service';
export * from './authenticate';
export { principalOf, type Principal, type Role, ROLES } from './principal';
export * from './platform-schema';
export { ServiceTokens } from './service-tokens';
