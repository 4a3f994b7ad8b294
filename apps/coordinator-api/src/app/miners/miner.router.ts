import {
  bodyOf,
  PageQuery,
  pageRequestOf,
  principalOf,
  queryOf,
  requireRole,
  sendPage,
  validateBody,
  validateQuery,
} from '@aitbc/shared-core';
import { type Request, Router } from 'express';
import { jobFilterOf, JobListQuery, type JobService, jobSummary } from '../jobs';
import { CapabilitiesDto } from './miner.dto';
import { MinerService } from './miner.service';
import { minerView } from './miner.view';

type MinerParams = { miner_id: string };

/** `/miners`: for the operators of miners, and admins; stands behind `authenticate`. */
export function createMinerRouter(miners: MinerService, jobs: JobService): Router {
  const router = Router();
  const operators = requireRole('miner', 'admin');

  router.get('/miners', operators, validateQuery(PageQuery), async (req, res) => {
    const page = await miners.page(principalOf(req), pageRequestOf(queryOf(req, PageQuery)));
    sendPage(res, page, (miner) => minerView(miner, miners.isOnline(miner)));
  });
  router.get('/miners/:miner_id', operators, async (req: Request<MinerParams>, res) => {
    const miner = await miners.get(principalOf(req), req.params.miner_id);
    res.json(minerView(miner, miners.isOnline(miner)));
  });
  router.get(
    '/miners/:miner_id/jobs',
    operators,
    validateQuery(JobListQuery),
    async (req: Request<MinerParams>, res) => {
      const { id: minerId } = await miners.get(principalOf(req), req.params.miner_id);
      const query = queryOf(req, JobListQuery);
      sendPage(res, await jobs.page({ ...jobFilterOf(query), scope: { minerId } }, pageRequestOf(query)), jobSummary);
    },
  );
  router.put(
    '/miners/:miner_id/capabilities',
    operators,
    validateBody(CapabilitiesDto),
    async (req: Request<MinerParams>, res) => {
      const capabilities = bodyOf(req, CapabilitiesDto);
      const miner = await miners.setCapabilities(principalOf(req), req.params.miner_id, capabilities);
      res.json(minerView(miner, miners.isOnline(miner)));
    },
  );
  router.delete('/miners/:miner_id', operators, async (req: Request<MinerParams>, res) => {
    await miners.remove(principalOf(req), req.params.miner_id);
    res.status(204).end();
  });
  return router;
}
