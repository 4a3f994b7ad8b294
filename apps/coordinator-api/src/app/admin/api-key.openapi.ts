import {
  answer,
  type FeatureDocument,
  noContent,
  operation,
  PageQuery,
  pageAnswer,
  ROLES,
  schema,
} from '@aitbc/shared-core';
import { CreateApiKeyDto } from './api-key.dto';

const { instant, nullable, object, oneOf, propertiesOf, ref, text } = schema;

const apiKey = object(
  {
    id: text('Id of the key, which is no secret.'),
    subject: text('Who one is with this key: the owner of what it creates.'),
    role: oneOf(ROLES),
    label: nullable(text('What its holder calls it.')),
    created_at: instant(),
    expires_at: nullable(instant('When it stops being valid; null: never.')),
    revoked_at: nullable(instant('Since when it is no longer valid; null: it was not revoked.')),
  },
  { description: 'A key of the API without its secret, of which only a hash is kept.' },
);

const issuedApiKey = object(
  { ...propertiesOf(apiKey), api_key: text('The key itself, shown this once.') },
  { description: 'A new key with its secret.' },
);

export const apiKeyDocument: FeatureDocument = {
  tag: {
    name: 'administration',
    description: "Figures, everybody's jobs and miners, and keys of the API; for admins.",
  },
  schemas: { ApiKey: apiKey, IssuedApiKey: issuedApiKey },
  operations: [
    operation({
      ...{ method: 'post', path: '/admin/api-keys', id: 'createApiKey', summary: 'Issues a key' },
      access: ['admin'],
      body: CreateApiKeyDto,
      idempotent: true,
      responses: { 201: answer('The key with its secret, which is not shown again.', ref('IssuedApiKey')) },
    }),
    operation({
      ...{ method: 'get', path: '/admin/api-keys', id: 'listApiKeys', summary: 'All keys' },
      access: ['admin'],
      query: PageQuery,
      responses: { 200: pageAnswer('Keys without their secrets, by id.', ref('ApiKey')) },
    }),
    operation({
      ...{ method: 'delete', path: '/admin/api-keys/:key_id', id: 'revokeApiKey', summary: 'Revokes a key' },
      description: 'From now on, at most 5 s later in other processes, it opens nothing.',
      access: ['admin'],
      responses: { 204: noContent('It is revoked.') },
      errors: ['not_found'],
    }),
  ],
};
