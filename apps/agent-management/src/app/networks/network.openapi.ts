import { answer, type FeatureDocument, noContent, operation, PageQuery, pageAnswer, schema } from '@aitbc/shared-core';
import { COORDINATION_KINDS } from '@aitbc/shared-domain';
import { NetworkDto, PatchNetworkDto } from './network.dto';

const { instant, list, nullable, object, oneOf, ref, text } = schema;

const parameters = { network_id: 'Id of a network.' };

/** What `networkBody` answers. */
const networkSchema = object(
  {
    id: text(),
    owner_id: text(),
    name: text(),
    description: nullable(text()),
    agents: list(text(), 'Ids of its agents.'),
    coordination: oneOf(COORDINATION_KINDS, 'Who decides in it.'),
    created_at: instant(),
    updated_at: instant(),
  },
  { description: 'Agents of one owner that work together.' },
);

export const networkDocument: FeatureDocument = {
  tag: { name: 'networks', description: 'Agents that work together. A network is visible to its owner.' },
  schemas: { Network: networkSchema },
  operations: [
    operation({
      ...{ method: 'post', path: '/networks', id: 'createNetwork', summary: 'Makes a network of agents' },
      idempotent: true,
      body: NetworkDto,
      responses: { 201: answer('The network.', ref('Network'), 'Location', 'ETag') },
    }),
    operation({
      ...{ method: 'get', path: '/networks', id: 'listNetworks', summary: "The caller's networks" },
      description: 'Admins see all.',
      query: PageQuery,
      responses: { 200: pageAnswer('By id.', ref('Network')) },
    }),
    operation({
      ...{ method: 'get', path: '/networks/:network_id', id: 'getNetwork', summary: 'One network' },
      parameters,
      responses: { 200: answer('The network.', ref('Network'), 'ETag') },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'patch', path: '/networks/:network_id', id: 'updateNetwork', summary: 'Changes a network' },
      description: 'Absent fields stay as they are; `null` clears `description`.',
      parameters,
      ifMatch: true,
      body: PatchNetworkDto,
      responses: { 200: answer('The network.', ref('Network'), 'ETag') },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'delete', path: '/networks/:network_id', id: 'deleteNetwork', summary: 'Removes a network' },
      description: 'Its agents stay.',
      parameters,
      ifMatch: true,
      responses: { 204: noContent('It is gone.') },
      errors: ['not_found'],
    }),
  ],
};
