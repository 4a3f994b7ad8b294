import { Job } from '@aitbc/coordinator-domain';
import {
  bodyOf,
  type IdempotencyRecords,
  idempotent,
  keepAnswer,
  pageRequestOf,
  principalOf,
  queryOf,
  requireRole,
  sendAnswer,
  sendPage,
  signalOf,
  validateBody,
  validateQuery,
} from '@aitbc/shared-core';
import { type Request, type RequestHandler, Router } from 'express';
import { jobReceiptView } from '../receipts';
import { ChangesQuery, JobListQuery, ResultQuery, SubmitJobDto } from './job.dto';
import { finishedJobView, jobEndView, jobSummary, jobView } from './job.view';
import { JobService, scopeOf } from './job.service';
import type { JobFilter } from './job.store';
import type { JobRequest } from './new-job';

type JobParams = { job_id: string };

/** `/jobs`: for those who submit jobs; stands behind `authenticate`. */
export function createJobRouter(jobs: JobService, records: IdempotencyRecords): Router {
  const router = Router();
  const readers = requireRole('client', 'service', 'admin');

  const submitters = requireRole('client', 'service');
  router.post('/jobs', submitters, idempotent(records), validateBody(SubmitJobDto), async (req, res) => {
    const answer = (job: Job) => ({ status: 201, location: `${req.baseUrl}/jobs/${job.id}`, body: jobView(job) });
    sendAnswer(res, answer(await jobs.submitForClient(requestOf(req), keepAnswer(req, answer))));
  });
  router.get('/jobs', readers, validateQuery(JobListQuery), list(jobs, false));
  router.get('/jobs/history', readers, validateQuery(JobListQuery), list(jobs, true));
  router.get('/jobs/changes', requireRole('service'), validateQuery(ChangesQuery), async (req, res) => {
    const { after, wait } = queryOf(req, ChangesQuery);
    const patience = { seconds: wait, signal: signalOf(req) };
    const changes = await jobs.changes(principalOf(req).subject, after, patience);
    res.json({ items: changes.jobs.map(finishedJobView), next_cursor: changes.cursor });
  });
  router.get('/jobs/:job_id', readers, async (req: Request<JobParams>, res) => {
    res.json(jobView(await jobs.get(principalOf(req), req.params.job_id)));
  });
  router.post('/jobs/:job_id/cancel', readers, async (req: Request<JobParams>, res) => {
    res.json(jobView(await jobs.cancel(principalOf(req), req.params.job_id)));
  });
  addResultRoutes(router, jobs, readers);
  return router;
}

function addResultRoutes(router: Router, jobs: JobService, readers: RequestHandler): void {
  router.get('/jobs/:job_id/result', readers, validateQuery(ResultQuery), async (req: Request<JobParams>, res) => {
    const patience = { seconds: queryOf(req, ResultQuery).wait, signal: signalOf(req) };
    res.json(jobEndView(await jobs.end(principalOf(req), req.params.job_id, patience)));
  });
  router.get('/jobs/:job_id/receipt', readers, async (req: Request<JobParams>, res) => {
    res.json(jobReceiptView(await jobs.receipt(principalOf(req), req.params.job_id)));
  });
  router.get('/jobs/:job_id/receipts', readers, async (req: Request<JobParams>, res) => {
    const items = await jobs.receipts(principalOf(req), req.params.job_id);
    sendPage(res, { items, lastId: undefined }, jobReceiptView);
  });
}

function list(jobs: JobService, finishedOnly: boolean): RequestHandler {
  return async (req, res) => {
    const query = queryOf(req, JobListQuery);
    const filter: JobFilter = { ...jobFilterOf(query), scope: scopeOf(principalOf(req)), finishedOnly };
    sendPage<Job>(res, await jobs.page(filter, pageRequestOf(query)), jobSummary);
  };
}

/** The filters of a job list, without whose jobs. */
export function jobFilterOf({ status, job_type: serviceType, from_time: from, to_time: to }: JobListQuery) {
  return { state: status, serviceType, from: timeOf(from), to: timeOf(to) };
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}

/** The client of a job is who calls, never a field of the body. */
function requestOf(req: Request): JobRequest {
  const { payload, constraints, ttl_seconds: ttlSeconds, ...payment } = bodyOf(req, SubmitJobDto);
  const { subject } = principalOf(req);
  return {
    serviceType: payload.service_type,
    serviceRequest: payload.service_request,
    constraints: withoutNulls({ ...constraints }),
    ttlSeconds,
    clientId: subject,
    submittedBy: subject,
    agentId: payload.agent_id ?? undefined,
    executionId: payload.execution_id ?? undefined,
    stepId: payload.step_id ?? undefined,
    paymentAmount: payment.payment_amount ?? undefined,
    paymentCurrency: payment.payment_currency ?? undefined,
  };
}

/** Older clients send `null` for a constraint that they do not set. */
function withoutNulls<T extends object>(constraints: T): T {
  return Object.fromEntries(Object.entries(constraints).filter(([, value]) => value !== null)) as T;
}
