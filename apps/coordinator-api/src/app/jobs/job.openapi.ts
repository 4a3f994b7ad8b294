import { JOB_STATES } from '@aitbc/coordinator-domain';
import { answer, type FeatureDocument, operation, pageAnswer, schema } from '@aitbc/shared-core';
import { jobReceiptSchemas } from '../receipts';
import { ChangesQuery, JobListQuery, ResultQuery, SubmitJobDto } from './job.dto';
import { jobEndSchema, jobSchema, jobSummarySchema } from './job.schema';

const { list, object, oneOf, ref, text } = schema;

const READERS = ['client', 'service', 'admin'] as const;
const job_id = 'Id of a job.';

export const jobDocument: FeatureDocument = {
  tag: { name: 'jobs', description: 'Work for the miners: submitted by clients, matched by constraints, paid by job.' },
  schemas: {
    ...jobReceiptSchemas,
    Job: jobSchema,
    JobSummary: jobSummarySchema,
    JobEnd: jobEndSchema,
    FinishedJob: object({ job_id: text(), state: oneOf(JOB_STATES) }),
  },
  operations: [
    operation({
      ...{ method: 'post', path: '/jobs', id: 'submitJob', summary: 'Puts a job into the queue' },
      description: '`payload.service_request` is checked against the schema of its kind (`GET /services`).',
      access: ['client', 'service'],
      idempotent: true,
      body: SubmitJobDto,
      responses: { 201: answer('The job, in the queue.', ref('Job'), 'Location') },
      errors: ['dependency_unavailable'],
    }),
    operation({
      ...{ method: 'get', path: '/jobs', id: 'listJobs', summary: "The caller's jobs, newest first" },
      access: READERS,
      query: JobListQuery,
      responses: { 200: pageAnswer('Jobs without their requests.', ref('JobSummary')) },
    }),
    operation({
      ...{ method: 'get', path: '/jobs/history', id: 'listFinishedJobs', summary: 'Those that have ended' },
      access: READERS,
      query: JobListQuery,
      responses: { 200: pageAnswer('Final jobs, newest first.', ref('JobSummary')) },
    }),
    operation({
      ...{ method: 'get', path: '/jobs/changes', id: 'watchJobs', summary: 'Jobs that have ended, as they end' },
      description:
        'A long poll: answers as soon as a job of the caller becomes final, else after `wait` seconds without items. Call it again with `after` = `next_cursor`; nothing is lost in between.',
      access: ['service'],
      query: ChangesQuery,
      responses: {
        200: answer(
          'In the order in which they ended.',
          object({ items: list(ref('FinishedJob')), next_cursor: text('Never null: the feed has no end.') }),
        ),
      },
    }),
    operation({
      ...{ method: 'get', path: '/jobs/:job_id', id: 'getJob', summary: 'One job' },
      access: READERS,
      parameters: { job_id },
      responses: { 200: answer('The job with its request.', ref('Job')) },
      errors: ['not_found'],
    }),
    operation({
      ...{ method: 'post', path: '/jobs/:job_id/cancel', id: 'cancelJob', summary: 'Cancels a job' },
      access: READERS,
      parameters: { job_id },
      responses: { 200: answer('The job, canceled.', ref('Job')) },
      errors: ['not_found', 'conflict'],
    }),
    operation({
      ...{ method: 'get', path: '/jobs/:job_id/result', id: 'getJobResult', summary: 'What came of a job' },
      access: READERS,
      parameters: { job_id },
      query: ResultQuery,
      responses: { 200: answer('The end of the job, whatever it was.', ref('JobEnd')) },
      errors: ['not_found', 'not_ready'],
    }),
    operation({
      ...{ method: 'get', path: '/jobs/:job_id/receipt', id: 'getJobReceipt', summary: 'Receipt of a completed job' },
      access: READERS,
      parameters: { job_id },
      responses: { 200: answer('The signed receipt.', ref('JobReceipt')) },
      errors: ['not_found', 'not_ready'],
    }),
    operation({
      ...{ method: 'get', path: '/jobs/:job_id/receipts', id: 'listJobReceipts', summary: 'All receipts of a job' },
      access: READERS,
      parameters: { job_id },
      responses: { 200: pageAnswer('One when the job is completed, else none.', ref('JobReceipt')) },
      errors: ['not_found'],
    }),
  ],
};
