import { answer, type FeatureDocument, operation, schema } from '@aitbc/shared-core';
import { apiKeyDocument } from './api-key.openapi';

const { instant, object, ref, text } = schema;

const keyRotation = object(
  {
    kid: text('RFC 7638 thumbprint of the new key, as in `/.well-known/jwks.json`.'),
    created_at: instant(),
    retired_kid: text('The key that signs no more; what it has signed goes on verifying.'),
  },
  { description: 'A change of the key that signs receipts and tokens.' },
);

export const signingKeyDocument: FeatureDocument = {
  tag: apiKeyDocument.tag,
  schemas: { KeyRotation: keyRotation },
  operations: [
    operation({
      ...{ method: 'post', path: '/admin/signing-keys/rotate', id: 'rotateSigningKey' },
      summary: 'Makes a new signing key',
      description:
        'From now on every process signs with it. Public keys stay published; who keeps a copy of them asks again when ' +
        'a receipt names a `kid` that is not in it.',
      access: ['admin'],
      idempotent: true,
      responses: { 201: answer('The new key signs.', ref('KeyRotation')) },
    }),
  ],
};
