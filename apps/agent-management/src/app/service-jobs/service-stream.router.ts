import {
  EventStream,
  idempotent,
  type IdempotencyRecords,
  keepAnswer,
  lastEventIdOf,
  newId,
  principalOf,
  type Replay,
  requestIdOf,
  signalOf,
} from '@aitbc/shared-core';
import { type Request, type Response, Router } from 'express';
import type { JobStreams } from './job-streams';
import { requestIn } from './request-in';
import { requestOf, type ServiceJob, type ServiceJobService, submissionKey } from './service-job.service';
import { LLM_STREAM } from './shortcuts';

/** Whoever reads along waits now: a job that no miner takes in this time ends. */
const STREAM_TTL_SECONDS = 60;

/** What is stored of the answer: the stream itself is looked up again. */
interface StreamAnswer {
  readonly job_id: string;
}

/** Jobs whose text is read while it comes. Stands after `authenticate`. */
export function createServiceStreamRouter(
  service: ServiceJobService,
  streams: JobStreams,
  records: IdempotencyRecords,
): Router {
  const router = Router();
  const write = (req: Request, res: Response, jobId: string, cancelKey?: string): Promise<void> =>
    streams.write({
      jobId,
      after: lastEventIdOf(req.get('Last-Event-ID')),
      stream: EventStream.open(res),
      signal: signalOf(req),
      requestId: requestIdOf(req),
      cancelKey,
    });

  router.get('/services/jobs/:job_id/stream', async (req: Request<{ job_id: string }>, res) => {
    const { jobId } = await service.outcome(principalOf(req), req.params.job_id);
    await write(req, res, jobId);
  });

  const resume: Replay = (req, res, { headers, body }) => {
    res.set({ ...headers, 'Idempotency-Replayed': 'true' });
    return write(req, res, (body as StreamAnswer).job_id);
  };
  router.post(`/services${LLM_STREAM.path}`, idempotent(records, resume), async (req, res) => {
    const principal = principalOf(req);
    const key = req.get('Idempotency-Key');
    const asked = {
      type: LLM_STREAM.type,
      request: requestOf(LLM_STREAM, requestIn(req)),
      key: key ?? newId('req'),
      ttlSeconds: STREAM_TTL_SECONDS,
    };
    const location = ({ jobId }: ServiceJob) => `${req.baseUrl}/services/jobs/${jobId}`;
    const answer = (job: ServiceJob) => ({
      status: 200,
      location: location(job),
      body: { job_id: job.jobId } satisfies StreamAnswer,
    });
    const job = await service.submit(principal, asked, keepAnswer(req, answer));
    res.location(location(job));
    // With a key the caller can come back for the rest; without one nobody would ever read it.
    await write(req, res, job.jobId, key === undefined ? submissionKey(principal, asked) : undefined);
  });
  return router;
}
