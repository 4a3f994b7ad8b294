import { idempotent, type IdempotencyRecords, keepAnswer, principalOf, sendAnswer, sendPage } from '@aitbc/shared-core';
import type { JsonObject } from '@aitbc/shared-domain';
import { type Request, type Response, Router } from 'express';
import { requestIn } from './request-in';
import type { ServiceJob, ServiceJobService } from './service-job.service';
import { requestOf } from './service-job.service';
import { outcomeBody, serviceBody, submittedBody } from './service-job.view';
import { SHORTCUTS } from './shortcuts';

/** `/services` of the agent context. Stands after `authenticate`. */
export function createServiceJobRouter(service: ServiceJobService, records: IdempotencyRecords): Router {
  const router = Router();
  router.get('/services', async (req, res) => {
    principalOf(req);
    sendPage(res, { items: await service.kinds(), lastId: undefined }, serviceBody);
  });
  router.get('/services/jobs/:job_id', async (req: Request<{ job_id: string }>, res) => {
    res.json(outcomeBody(await service.outcome(principalOf(req), req.params.job_id)));
  });
  router.get('/services/:type/schema', async (req: Request<{ type: string }>, res) => {
    principalOf(req);
    res.json(await service.schemaOf(req.params.type));
  });
  for (const shortcut of SHORTCUTS) {
    router.post(`/services${shortcut.path}`, idempotent(records), (req, res) =>
      submit(service, req, res, shortcut.type, requestOf(shortcut, requestIn(req))),
    );
  }
  router.post('/services/:type', idempotent(records), (req: Request<{ type: string }>, res) =>
    submit(service, req, res, req.params.type, requestIn(req)),
  );
  return router;
}

async function submit(
  service: ServiceJobService,
  req: Request,
  res: Response,
  type: string,
  request: JsonObject,
): Promise<void> {
  const answer = (job: ServiceJob) => ({
    status: 201,
    location: `${req.baseUrl}/services/jobs/${job.jobId}`,
    body: submittedBody(job),
  });
  const asked = { type, request, key: req.get('Idempotency-Key') };
  sendAnswer(res, answer(await service.submit(principalOf(req), asked, keepAnswer(req, answer))));
}
