import { JOB_STATES } from '@aitbc/coordinator-domain';
import { answer, type FeatureDocument, operation, schema } from '@aitbc/shared-core';
import { SubmitDelegatedJobDto, TextQuery } from './delegated-job.dto';

const { anyJson, flag, integer, list, nullable, object, oneOf, ref, text } = schema;

const key = 'A key of the calling service: 1 to 300 printable characters of ASCII.';
const job_id = 'Id of a job.';
const snapshot = { job_id: text(), state: oneOf(JOB_STATES), error: nullable(text()) };

export const delegatedJobDocument: FeatureDocument = {
  tag: { name: 'delegated jobs', description: "Jobs that the platform's services submit for clients." },
  schemas: {
    DelegatedJob: object(snapshot),
    DelegatedJobOutcome: object({
      ...snapshot,
      client_id: text('Whose job it is.'),
      service_type: text(),
      result: anyJson('What the job gave; null until it is completed.'),
      receipt_id: nullable(text()),
      receipt: nullable(text('Compact JWS of the receipt.')),
      cost_units: integer('What it cost, in units of 10⁻⁸ coin.'),
    }),
    DelegatedJobText: object({
      items: list(
        object({
          seq: integer('Place in the text, from 1 without a gap.'),
          text: text(),
          restarts: flag('Another miner began anew: all that came before is void.'),
        }),
      ),
      ended: flag('The job is final, and nothing comes after these pieces.'),
    }),
  },
  operations: [
    operation({
      ...{ method: 'put', path: '/delegated-jobs/by-key/:key', id: 'putDelegatedJob', summary: 'Submits a job once' },
      description: 'The same key gives the same job again, whatever became of it. The service answers for the agent.',
      access: ['service'],
      parameters: { key },
      body: SubmitDelegatedJobDto,
      responses: { 200: answer('The job as it is.', ref('DelegatedJob')) },
    }),
    operation({
      ...{ method: 'post', path: '/delegated-jobs/by-key/:key/cancel', id: 'cancelDelegatedJob' },
      summary: 'Cancels a job that is not final',
      access: ['service'],
      parameters: { key },
      responses: { 200: answer('The job as it is then.', ref('DelegatedJob')) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'get', path: '/delegated-jobs/:job_id', id: 'getDelegatedJob', summary: 'What came of a job' },
      access: ['service'],
      parameters: { job_id },
      responses: { 200: answer('The job, final or not.', ref('DelegatedJobOutcome')) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'get', path: '/delegated-jobs/:job_id/text', id: 'readDelegatedJobText' },
      summary: 'The text of a job, as its miner writes it',
      description: 'A long poll: answers as soon as there is more, or the job has ended, else after `wait` seconds.',
      access: ['service'],
      parameters: { job_id },
      query: TextQuery,
      responses: { 200: answer('The next pieces.', ref('DelegatedJobText')) },
      errors: ['not_found'],
    }),
  ],
};
