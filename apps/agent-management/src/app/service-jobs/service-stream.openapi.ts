import { operation, schema } from '@aitbc/shared-core';
import { LLM_STREAM } from './shortcuts';

const { anyObject, text } = schema;

const EVENTS = `Server-Sent Events:

- \`job\`: \`{"job_id"}\`, once, at the beginning;
- \`token\` with an \`id\`: \`{"text"}\`, the next piece of the text;
- \`restart\`: \`{}\`: the job went to another miner, which begins anew; forget the text so far;
- \`done\`: the outcome of the job, as \`GET /services/jobs/{job_id}\` answers it, with \`receipt_id\`; \`result.text\` is the whole text;
- \`error\`: a problem document, also when no miner took the job within 60 s; with the code \`draining\` the stream goes on elsewhere.

\`done\` and \`error\` are the last event. A comment comes after each 15 s of silence.`;

const headers = {
  'Last-Event-ID': {
    description: '`id` of the last `token` that was read: the stream goes on after it.',
    required: false,
  },
};
const stream = (description: string) => ({ description, mediaType: 'text/event-stream', schema: text(EVENTS) });

/** The routes whose answers are streams. */
export const serviceStreamOperations = [
  operation({
    ...{ method: 'post', path: `/services${LLM_STREAM.path}`, id: 'streamLlm', summary: LLM_STREAM.summary },
    description:
      'Without `Idempotency-Key` the job is cancelled when the connection ends before the stream does. With it the job goes on: the same request again, with `Last-Event-ID`, gives the rest.',
    idempotent: true,
    headers,
    body: { schema: anyObject('What `/services/llm_inference/schema` describes.') },
    responses: { 200: { ...stream('The text while it comes.'), headers: ['Location'] } },
    errors: ['not_found', 'dependency_unavailable'],
  }),
  operation({
    ...{ method: 'get', path: '/services/jobs/:job_id/stream', id: 'followServiceJob' },
    summary: 'The text of a job while it comes, or the rest of it',
    description:
      'Text comes of jobs whose request says `stream: true`, and can be read again for 15 minutes after their end; of other jobs only the end. The job goes on without readers.',
    parameters: { job_id: 'Id of a job.' },
    headers,
    responses: { 200: stream('The text, and the end of the job.') },
    errors: ['not_found', 'dependency_unavailable'],
  }),
];
