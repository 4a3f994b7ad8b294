import { MINER_SESSION_HEADER } from '@aitbc/contracts';
import { GPU_OFFER_STATUSES } from '@aitbc/coordinator-domain';
import { answer, type FeatureDocument, noContent, operation, pageAnswer, schema } from '@aitbc/shared-core';
import { CreateGpuOfferDto, GpuOfferListQuery } from './gpu-offer.dto';

const { coins, instant, integer, nullable, object, oneOf, ref, text } = schema;

const PATH = '/marketplace/gpu/offers';
const offer_id = 'Id of a GPU offer.';
const BOOKERS = ['client', 'service'] as const;
const headers = {
  [MINER_SESSION_HEADER]: {
    description: '`session_token` of the registration; needed without `miner_id` by who has several miners.',
    required: false,
  },
};

/** What `gpuOfferView` answers. */
const offerSchema = object(
  {
    id: text(),
    owner_id: text('Subject of the operator who made it.'),
    miner_id: text('The machine that has the GPU.'),
    gpu: object({ name: text('Model name.'), memory_mb: integer('MiB.') }),
    price_per_hour: coins(),
    region: nullable(text()),
    status: oneOf(GPU_OFFER_STATUSES, '`expired`: nobody has booked it, and `available_until` is over.'),
    available_from: instant('It can be booked from then on.'),
    available_until: nullable(instant('From then on nobody can book it; null: no end.')),
    booked_by: nullable(text('Who holds it; shown to that one, to the owner and to admins.')),
    booked_at: nullable(instant()),
    created_at: instant(),
    updated_at: instant(),
  },
  { description: 'One GPU of a miner, offered by the hour.' },
);

const offer = answer('The offer.', ref('GpuOffer'), 'ETag');

export const gpuOfferDocument: FeatureDocument = {
  tag: { name: 'gpu-marketplace', description: 'GPUs by the hour: offered by operators, each booked by one client.' },
  schemas: { GpuOffer: offerSchema },
  operations: [
    operation({
      ...{ method: 'post', path: PATH, id: 'createGpuOffer', summary: 'Offers a GPU of a miner' },
      description: 'Each GPU that the miner has registered can be on offer once.',
      access: ['miner'],
      headers,
      body: CreateGpuOfferDto,
      idempotent: true,
      responses: { 201: answer('The offer.', ref('GpuOffer'), 'ETag', 'Location') },
      errors: ['not_found', 'conflict'],
    }),
    operation({
      ...{ method: 'get', path: PATH, id: 'listGpuOffers', summary: 'GPU offers, newest first' },
      query: GpuOfferListQuery,
      responses: { 200: pageAnswer('Offers of all operators.', ref('GpuOffer')) },
    }),
    operation({
      ...{ method: 'get', path: `${PATH}/:offer_id`, id: 'getGpuOffer', summary: 'One GPU offer' },
      parameters: { offer_id },
      responses: { 200: offer },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'delete', path: `${PATH}/:offer_id`, id: 'withdrawGpuOffer', summary: 'Takes it from the market' },
      description: 'For good, and only while nobody holds it.',
      access: ['miner', 'admin'],
      parameters: { offer_id },
      ifMatch: true,
      responses: { 204: noContent('It is withdrawn.') },
      errors: ['not_found', 'conflict'],
    }),
    operation({
      ...{ method: 'post', path: `${PATH}/:offer_id/book`, id: 'bookGpuOffer', summary: 'Books a GPU' },
      description: 'Of several who book at the same time one gets it; it lasts until it is released.',
      access: BOOKERS,
      parameters: { offer_id },
      idempotent: true,
      responses: { 200: offer },
      errors: ['not_found', 'conflict'],
    }),
    operation({
      ...{ method: 'post', path: `${PATH}/:offer_id/release`, id: 'releaseGpuOffer', summary: 'Ends a booking' },
      description: 'By who has booked it, or an admin.',
      access: [...BOOKERS, 'admin'],
      parameters: { offer_id },
      responses: { 200: offer },
      errors: ['not_found', 'conflict'],
    }),
  ],
};
