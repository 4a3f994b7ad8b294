import { SERVICE_TYPES } from '@aitbc/coordinator-domain';
import { answer, type FeatureDocument, operation, pageAnswer, schema } from '@aitbc/shared-core';

const { anyObject, integer, list, nullable, object, oneOf, ref, text } = schema;

const requestSchema = anyObject('JSON Schema (draft 2020-12) of `service_request`.');

const serviceKind = object(
  {
    id: oneOf(SERVICE_TYPES, 'The same as `type`.'),
    type: oneOf(SERVICE_TYPES),
    name: text(),
    description: text(),
    models: list(text(), 'Models that a request may name; empty when any is accepted, or none is needed.'),
    miners_online: integer('Miners online now that take this kind.'),
    schema: requestSchema,
    constraints: anyObject('JSON Schema (draft 2020-12) of `constraints`: what a job may demand of a miner.'),
  },
  { description: 'A kind of job.' },
);

export const serviceDocument: FeatureDocument = {
  tag: { name: 'services', description: 'The kinds of jobs.' },
  schemas: { ServiceKind: serviceKind },
  operations: [
    operation({
      ...{ method: 'get', path: '/services', id: 'listServiceKinds', summary: 'All kinds of jobs' },
      responses: { 200: pageAnswer('All of them, on one page.', ref('ServiceKind')) },
    }),
    operation({
      ...{ method: 'get', path: '/services/:type/schema', id: 'getServiceSchema', summary: 'What a request may say' },
      parameters: { type: 'A kind of job.' },
      responses: { 200: answer('The schema of its requests.', requestSchema) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'get', path: '/services/:type/duration', id: 'getServiceDuration', summary: 'How long it takes' },
      parameters: { type: 'A kind of job.' },
      responses: {
        200: answer(
          'From submission to completion, the mean of the newest jobs of the kind.',
          object({ usual_duration_ms: nullable(integer('Milliseconds; null when none was completed yet.')) }),
        ),
      },
      errors: ['not_found'],
    }),
  ],
};
