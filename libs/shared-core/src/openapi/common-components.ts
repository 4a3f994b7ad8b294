import type { JsonSchema } from './schema';

/** How one shows who one is; either will do. */
export const securitySchemes: Readonly<Record<string, JsonSchema>> = {
  apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'A key of the platform.' },
  bearer: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A key of the platform, or a token (EdDSA) that a service issued.',
  },
};

/** Request headers that several routes take. */
export const commonParameters: Readonly<Record<string, JsonSchema>> = {
  RequestId: {
    ...{ name: 'X-Request-Id', in: 'header', required: false },
    description: 'Id of the request, echoed and logged; one is made when it is absent or not of this form.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' },
  },
  IdempotencyKey: {
    ...{ name: 'Idempotency-Key', in: 'header', required: false },
    description:
      'Makes a repeat safe: for 24 h the same key with the same body gets the first answer again. With another body it is 422, while the first is in flight 409. A request that was refused or failed created nothing, and its key may be used again.',
    schema: { type: 'string', pattern: '^[\\x20-\\x7e]{1,200}$' },
  },
  IfMatch: {
    ...{ name: 'If-Match', in: 'header', required: false },
    description: 'The ETag of the version that is to be changed; 412 when the object has another one by now.',
    schema: { type: 'string' },
  },
};

/** Response headers, by name. */
export const commonHeaders: Readonly<Record<string, JsonSchema>> = {
  'X-Request-Id': { description: 'Id of the request.', schema: { type: 'string' } },
  RateLimit: {
    description: 'How many requests are left in the window, and in how many seconds it ends.',
    schema: { type: 'string' },
  },
  'RateLimit-Policy': { description: 'How many requests a window has, and its seconds.', schema: { type: 'string' } },
  'Retry-After': { description: 'Seconds after which to try again.', schema: { type: 'integer', minimum: 0 } },
  ETag: { description: 'The version of the object, for `If-Match`.', schema: { type: 'string' } },
  'Idempotency-Replayed': {
    description: '`true`: a repeat, which did nothing and gets the first answer.',
    schema: { type: 'string', enum: ['true'] },
  },
  Location: { description: 'Path of the object.', schema: { type: 'string', format: 'uri-reference' } },
  'X-Total-Count': {
    description: 'Number of all matches; only with `count=true`.',
    schema: { type: 'integer', minimum: 0 },
  },
};
