import { GPU_OFFER_STATES } from '@aitbc/coordinator-domain';
import { answer, type FeatureDocument, operation, pageAnswer, schema } from '@aitbc/shared-core';
import { ecosystemSchema } from '../dashboard';
import { apiKeyDocument } from './api-key.openapi';
import { AdminJobListQuery, AdminMinerListQuery } from './admin.dto';

const { coins, integer, number, object, propertiesOf, ref } = schema;

const ADMINS = ['admin'] as const;

const database = object(
  {
    units_committed: integer(),
    units_rolled_back: integer(),
    units_timed_out: integer('Of those rolled back, the ones that took too long.'),
    units_waiting: integer('At this moment.'),
    writer_wait_ms: number('Milliseconds spent waiting for the write lock, or backing off before a retry.'),
    retries: integer(),
  },
  { description: 'Units of work of the answering process since its start.' },
);

const adminStatsSchema = object(
  {
    ...propertiesOf(ecosystemSchema),
    gpu_offers: object(Object.fromEntries(GPU_OFFER_STATES.map((state) => [state, integer()]))),
    job_receipts: integer(),
    volume_last_24_hours: coins('Coins: price of the jobs that were completed.'),
    database,
  },
  { description: 'The platform in figures, for administrators.' },
);

export const adminDocument: FeatureDocument = {
  tag: apiKeyDocument.tag,
  schemas: { AdminStats: adminStatsSchema },
  operations: [
    operation({
      ...{ method: 'get', path: '/admin/stats', id: 'getAdminStats', summary: 'Figures of platform and process' },
      access: ADMINS,
      responses: {
        200: answer('Those that everybody may see as of the moment that they name, the rest now.', ref('AdminStats')),
      },
    }),
    operation({
      ...{ method: 'get', path: '/admin/jobs', id: 'listAllJobs', summary: 'Jobs of all clients, newest first' },
      access: ADMINS,
      query: AdminJobListQuery,
      responses: { 200: pageAnswer('Jobs without their requests.', ref('JobSummary')) },
    }),
    operation({
      ...{ method: 'get', path: '/admin/miners', id: 'listAllMiners', summary: 'Miners of all operators' },
      access: ADMINS,
      query: AdminMinerListQuery,
      responses: { 200: pageAnswer('By id, the highest first.', ref('Miner')) },
    }),
  ],
};
