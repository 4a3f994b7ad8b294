import { answer, type FeatureDocument, operation, pageAnswer, schema } from '@aitbc/shared-core';
import { serviceStreamOperations } from './service-stream.openapi';
import { SHORTCUTS } from './shortcuts';

const { anyJson, anyObject, coins, instant, integer, list, nullable, object, ref, text } = schema;

const requestSchema = anyObject('JSON Schema (draft 2020-12) of the requests.');
const status = text('`QUEUED`, `RUNNING`, `COMPLETED`, `FAILED`, `CANCELED` or `EXPIRED`.');
const body = { schema: anyObject('What the JSON Schema of the kind describes; see `/services/{type}/schema`.') };

const serviceSchema = object(
  {
    ...{ id: text('The same as `type`.'), type: text(), name: text(), description: text() },
    models: list(text(), 'Models that a request may name; empty when any is accepted, or none is needed.'),
    miners_online: integer('Miners online now that take this kind.'),
    schema: requestSchema,
    constraints: anyObject('JSON Schema (draft 2020-12) of what a job of the kind may demand of a miner.'),
  },
  { description: 'A kind of job, with the schemas of its requests and of what they may demand.' },
);

/** What `submittedBody` answers. */
const submittedSchema = object(
  {
    ...{ job_id: text(), service_type: text(), status },
    estimated_completion: nullable(instant('By what such jobs took lately; null when none was completed.')),
  },
  { description: 'A job that was submitted.' },
);

/** What `outcomeBody` answers. */
const outcomeSchema = object(
  {
    ...{ job_id: text(), service_type: text(), status },
    result: anyJson('What the miner gave; null until the job is completed.'),
    error: nullable(text()),
    receipt: nullable(text('Compact JWS, signed by the platform.')),
    cost: coins(),
  },
  { description: 'A job with what came of it.' },
);

function submission(path: string, id: string, summary: string, parameters: Readonly<Record<string, string>> = {}) {
  return operation({
    ...{ method: 'post', path: `/services${path}`, id, summary },
    parameters,
    idempotent: true,
    body,
    responses: { 201: answer('The job.', ref('ServiceJob'), 'Location') },
    errors: ['not_found', 'dependency_unavailable'],
  });
}

/** `/whisper/transcribe` → `submitWhisperTranscribe`. */
function idOf(path: string): string {
  return `submit${path.replaceAll(/[/-](\w)/g, (_, letter: string) => letter.toUpperCase())}`;
}

export const serviceJobDocument: FeatureDocument = {
  tag: { name: 'service-jobs', description: 'Jobs by the kind of service.' },
  schemas: { Service: serviceSchema, ServiceJob: submittedSchema, ServiceJobOutcome: outcomeSchema },
  operations: [
    operation({
      ...{ method: 'get', path: '/services', id: 'listServices', summary: 'The kinds of jobs' },
      responses: { 200: pageAnswer('All of them, on one page.', ref('Service')) },
    }),
    operation({
      ...{ method: 'get', path: '/services/jobs/:job_id', id: 'getServiceJob', summary: 'What came of a job' },
      parameters: { job_id: 'Id of a job.' },
      responses: { 200: answer('The job, finished or not.', ref('ServiceJobOutcome')) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'get', path: '/services/:type/schema', id: 'getServiceRequestSchema' },
      summary: 'What a request may say',
      parameters: { type: 'A kind of job.' },
      responses: { 200: answer('The schema of its requests.', requestSchema) },
      errors: ['not_found'],
    }),
    ...SHORTCUTS.map(({ path, summary }) => submission(path, idOf(path), summary)),
    ...serviceStreamOperations,
    submission('/:type', 'submitServiceJob', 'Has a job of any kind done', { type: 'A kind of job.' }),
  ],
};
