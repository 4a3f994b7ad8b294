export { type DocumentOptions, openApiDocument, type OpenApiDocument } from './document';
export { describedDtoSchema } from './dto-registry';
export { type CompleteDocument, mountOpenApi } from './mount-openapi';
export * from './operation';
export { operationalDocument } from './operational-routes';
export * as schema from './schema';
export type { JsonSchema } from './schema';
