import type { JobClient } from '@aitbc/contracts';
import {
  AppError,
  bodyOf,
  notFound,
  principalOf,
  queryOf,
  requireRole,
  signalOf,
  validateBody,
  validateQuery,
} from '@aitbc/shared-core';
import { type Request, Router } from 'express';
import { SubmitDelegatedJobDto, TextQuery } from './delegated-job.dto';
import { outcomeView, snapshotView, textView } from './delegated-job.view';

type KeyParams = { key: string };
type JobParams = { job_id: string };

/** As the column is wide; nothing that a log line could stumble over. */
const KEY = /^[\x20-\x7e]{1,300}$/;

/**
 * `/delegated-jobs`: what the platform's other services do with jobs, for whichever client. A service sees those that it
 * submitted itself; it names them by keys of its own, so that each of its calls may be repeated.
 * @param jobsOf the jobs of a service
 */
export function createDelegatedJobRouter(jobsOf: (service: string) => JobClient): Router {
  const router = Router();
  const jobs = (req: Request) => jobsOf(principalOf(req as Request<never>).subject);
  router.use('/delegated-jobs', requireRole('service'));
  router.put(
    '/delegated-jobs/by-key/:key',
    validateBody(SubmitDelegatedJobDto),
    async (req: Request<KeyParams>, res) => {
      const { payload, constraints, ttl_seconds: ttlSeconds, client_id: clientId } = bodyOf(req, SubmitDelegatedJobDto);
      const job = await jobs(req).submit({
        serviceType: payload.service_type,
        serviceRequest: payload.service_request,
        constraints: { ...constraints },
        ttlSeconds,
        clientId,
        ...(payload.agent_id !== undefined && { agentId: payload.agent_id }),
        ...(payload.execution_id !== undefined && { executionId: payload.execution_id }),
        ...(payload.step_id !== undefined && { stepId: payload.step_id }),
        idempotencyKey: keyOf(req),
      });
      res.json(snapshotView(job));
    },
  );
  router.post('/delegated-jobs/by-key/:key/cancel', async (req: Request<KeyParams>, res) => {
    const job = await jobs(req).cancel(keyOf(req));
    if (!job) throw notFound('job with the key', req.params.key);
    res.json(snapshotView(job));
  });
  router.get('/delegated-jobs/:job_id', async (req: Request<JobParams>, res) => {
    const outcome = await jobs(req).outcome(req.params.job_id);
    if (!outcome) throw notFound('job', req.params.job_id);
    res.json(outcomeView(outcome));
  });
  router.get('/delegated-jobs/:job_id/text', validateQuery(TextQuery), async (req: Request<JobParams>, res) => {
    const { after, wait } = queryOf(req, TextQuery);
    const progress = await jobs(req).progress(req.params.job_id, after, wait, signalOf(req));
    if (!progress) throw notFound('job', req.params.job_id);
    res.json(textView(progress));
  });
  return router;
}

function keyOf({ params: { key } }: Request<KeyParams>): string {
  if (!KEY.test(key)) throw new AppError('malformed_request', 'a key is 1 to 300 printable characters of ASCII');
  return key;
}
