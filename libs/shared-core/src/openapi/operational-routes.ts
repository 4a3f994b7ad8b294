import { answer, type FeatureDocument, operation } from './operation';
import { anyObject, list, object, oneOf, ref, text } from './schema';

const health = object({
  status: oneOf(['healthy', 'ready']),
  service: text('Name of the service.'),
  version: text('Its version.'),
});

/** What every service has outside its base path: probes, public keys, this document and its pages. */
export const operationalDocument: FeatureDocument = {
  tag: { name: 'operation', description: 'Probes, public keys and this document; without credentials.' },
  schemas: { Health: health },
  operations: [
    operation({
      ...{ method: 'get', path: '/health', id: 'getHealth', summary: 'Whether the process serves' },
      responses: { 200: answer('It does.', ref('Health')) },
    }),
    operation({
      ...{ method: 'get', path: '/ready', id: 'getReadiness', summary: 'Whether to send requests here' },
      responses: { 200: answer('Yes.', ref('Health')) },
      errors: ['starting', 'draining', 'dependency_unavailable'],
    }),
    operation({
      ...{ method: 'get', path: '/.well-known/jwks.json', id: 'getPublicKeys', summary: 'Keys that verify receipts' },
      responses: {
        200: {
          description: 'A JWK set (RFC 7517).',
          schema: object({ keys: list(anyObject('An Ed25519 public key as a JWK, with `kid`.')) }),
          mediaType: 'application/jwk-set+json',
        },
      },
    }),
    operation({
      ...{ method: 'get', path: '/metrics', id: 'getMetrics', summary: 'Figures for Prometheus' },
      responses: { 200: { description: 'Text format 0.0.4.', schema: text(), mediaType: 'text/plain' } },
    }),
    operation({
      ...{ method: 'get', path: '/openapi.json', id: 'getOpenApi', summary: 'This document' },
      responses: { 200: answer('OpenAPI 3.1.', anyObject()) },
    }),
    operation({
      ...{ method: 'get', path: '/docs', id: 'getDocs', summary: 'Swagger UI' },
      responses: { 200: { description: 'A page for the browser.', schema: text(), mediaType: 'text/html' } },
    }),
  ],
};
