import { MINER_SESSION_HEADER } from '@aitbc/contracts';
import { JOB_STATES } from '@aitbc/coordinator-domain';
import { answer, type FeatureDocument, noContent, operation, PageQuery, pageAnswer, schema } from '@aitbc/shared-core';
import { JobListQuery } from '../jobs';
import {
  CapabilitiesDto,
  EarningsQuery,
  HeartbeatDto,
  JobChunksDto,
  JobFailureDto,
  JobResultDto,
  PollDto,
  RegisterMinerDto,
} from './miner.dto';
import { assignedJobSchema, earningsSchema, minerSchema } from './miner.schema';

const { integer, list, object, oneOf, ref, text } = schema;

const OPERATORS = ['miner', 'admin'] as const;
const MINERS = ['miner'] as const;
const miner_id = 'Id of a miner.';
const job_id = 'Id of a job that the miner holds.';
const ok = oneOf(['ok']);
const leaseSeconds = integer('Seconds after which the jobs of a silent miner go to others.');
/** Every call of a registered miner shows the session that it got. */
const headers = {
  [MINER_SESSION_HEADER]: { description: '`session_token` of the registration; a newer one ends it.', required: true },
};
const publicKey = {
  anyOf: [text('base64url of the 32 raw bytes'), { type: 'object', additionalProperties: true, description: 'a JWK' }],
};
const inflight = {
  anyOf: [
    { type: 'array', maxItems: 1000, items: text(undefined, { pattern: '^[A-Za-z0-9_-]{1,60}$' }) },
    integer(undefined, { minimum: 0, maximum: 1_000_000 }),
  ],
};

/** What miners themselves call. */
export const minerWorkDocument: FeatureDocument = {
  tag: { name: 'miners', description: 'Machines that do jobs: register, be heard, take a job, give its result.' },
  schemas: { AssignedJob: assignedJobSchema },
  operations: [
    operation({
      ...{ method: 'post', path: '/miners/register', id: 'registerMiner', summary: 'Begins a session of a miner' },
      description: 'Registering an id again by its owner replaces what it offers, and ends its earlier session.',
      access: MINERS,
      idempotent: true,
      body: { dto: RegisterMinerDto, fields: { public_key: publicKey } },
      responses: {
        200: answer(
          'The session.',
          object({ status: ok, miner_id: text(), session_token: text('A secret.'), lease_seconds: leaseSeconds }),
        ),
      },
      errors: ['conflict'],
    }),
    operation({
      ...{ method: 'post', path: '/miners/heartbeat', id: 'sendMinerHeartbeat', summary: 'Says that it is there' },
      description: 'Renews the leases of the jobs that it runs.',
      access: MINERS,
      headers,
      body: { dto: HeartbeatDto, name: 'MinerHeartbeatRequest', fields: { inflight } },
      responses: {
        200: answer(
          'Heard.',
          object({
            status: ok,
            lease_seconds: leaseSeconds,
            cancelled: list(text(), 'Of the jobs that it named, those that it does not hold any more: to be stopped.'),
          }),
        ),
      },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'post', path: '/miners/poll', id: 'pollJob', summary: 'Takes the next job that fits' },
      description: 'A long poll. A job is handed to one miner only, for the time of a lease.',
      access: MINERS,
      headers,
      body: PollDto,
      responses: {
        200: answer('A job, held by this miner now.', ref('AssignedJob')),
        204: noContent('None came in that time.'),
      },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'post', path: '/miners/:job_id/result', id: 'completeJob', summary: 'Gives the result of a job' },
      description: 'The result is signed by the miner; the platform countersigns it in a receipt. May be repeated.',
      access: MINERS,
      headers,
      parameters: { job_id },
      body: JobResultDto,
      responses: { 200: answer('Accepted.', object({ status: ok, job_id: text(), receipt: ref('JobReceipt') })) },
      errors: ['not_found', 'conflict'],
    }),
    operation({
      ...{ method: 'post', path: '/miners/:job_id/chunks', id: 'streamJob', summary: 'Gives text while it comes' },
      description:
        'For a job whose request says `stream: true`. Each piece is an event for whoever reads along. A piece may be sent again; 409 when a piece before it has not come.',
      access: MINERS,
      headers,
      parameters: { job_id },
      body: JobChunksDto,
      responses: { 200: answer('Stored.', object({ status: ok, job_id: text() })) },
      errors: ['not_found', 'conflict'],
    }),
    operation({
      ...{ method: 'post', path: '/miners/:job_id/fail', id: 'failJob', summary: 'Gives a job back' },
      access: MINERS,
      headers,
      parameters: { job_id },
      body: JobFailureDto,
      responses: {
        200: answer(
          'What became of the job: it is in the queue again, or has failed.',
          object({ status: ok, job_id: text(), state: oneOf(JOB_STATES) }),
        ),
      },
      errors: ['not_found', 'conflict'],
    }),
  ],
};

/** What the operators of miners call. */
export const minerDocument: FeatureDocument = {
  tag: minerWorkDocument.tag,
  schemas: { Miner: minerSchema, MinerEarnings: earningsSchema },
  operations: [
    operation({
      ...{ method: 'get', path: '/miners', id: 'listMiners', summary: "The caller's miners" },
      description: 'Admins see all.',
      access: OPERATORS,
      query: PageQuery,
      responses: { 200: pageAnswer('By id.', ref('Miner')) },
    }),
    operation({
      ...{ method: 'get', path: '/miners/:miner_id', id: 'getMiner', summary: 'One miner' },
      access: OPERATORS,
      parameters: { miner_id },
      responses: { 200: answer('The miner.', ref('Miner'), 'ETag') },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'get', path: '/miners/:miner_id/jobs', id: 'listMinerJobs', summary: 'Jobs that a miner got' },
      access: OPERATORS,
      parameters: { miner_id },
      query: JobListQuery,
      responses: { 200: pageAnswer('Newest first.', ref('JobSummary')) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'get', path: '/miners/:miner_id/earnings', id: 'getMinerEarnings' },
      summary: 'What a miner has earned',
      description: 'Out of the receipts of its jobs.',
      access: OPERATORS,
      parameters: { miner_id },
      query: EarningsQuery,
      responses: { 200: answer('The sums.', ref('MinerEarnings')) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'put', path: '/miners/:miner_id/capabilities', id: 'setMinerCapabilities' },
      summary: 'Replaces what a miner offers',
      access: OPERATORS,
      parameters: { miner_id },
      ifMatch: true,
      body: CapabilitiesDto,
      responses: { 200: answer('The miner.', ref('Miner'), 'ETag') },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'delete', path: '/miners/:miner_id', id: 'removeMiner', summary: 'Removes a miner' },
      description: 'Its session and its GPU offers end, and its jobs go to others.',
      access: OPERATORS,
      parameters: { miner_id },
      ifMatch: true,
      responses: { 204: noContent('It is gone.') },
      errors: ['not_found'],
    }),
  ],
};
