import type { Miner } from '@aitbc/coordinator-domain';
import {
  bodyOf,
  etagOf,
  ifMatch,
  PageQuery,
  pageRequestOf,
  principalOf,
  queryOf,
  requireRole,
  sendAnswer,
  sendPage,
  validateBody,
  validateQuery,
  validationFailed,
} from '@aitbc/shared-core';
import { type Request, Router } from 'express';
import { jobFilterOf, JobListQuery, type JobService, jobSummary } from '../jobs';
import { CapabilitiesDto, EarningsQuery } from './miner.dto';
import type { MinerEarningsStore, Period } from './miner-earnings.store';
import { earningsView } from './miner-earnings.view';
import { MinerService } from './miner.service';
import { minerView } from './miner.view';

type MinerParams = { miner_id: string };

/** `/miners`: for the operators of miners, and admins; stands behind `authenticate`. */
export function createMinerRouter(miners: MinerService, jobs: JobService, earnings: MinerEarningsStore): Router {
  const router = Router();
  const operators = requireRole('miner', 'admin');
  const answer = (miner: Miner) => ({
    status: 200,
    etag: etagOfMiner(miner),
    body: minerView(miner, miners.isOnline(miner)),
  });

  router.get('/miners', operators, validateQuery(PageQuery), async (req, res) => {
    const page = await miners.page(principalOf(req), pageRequestOf(queryOf(req, PageQuery)));
    sendPage(res, page, (miner) => minerView(miner, miners.isOnline(miner)));
  });
  router.get('/miners/:miner_id', operators, async (req: Request<MinerParams>, res) => {
    sendAnswer(res, answer(await miners.get(principalOf(req), req.params.miner_id)));
  });
  addHistoryRoutes(router, miners, jobs, earnings);
  router.put(
    '/miners/:miner_id/capabilities',
    operators,
    validateBody(CapabilitiesDto),
    async (req: Request<MinerParams>, res) => {
      const capabilities = bodyOf(req, CapabilitiesDto);
      const expected = ifMatch(req, etagOfMiner);
      const miner = await miners.setCapabilities(principalOf(req), req.params.miner_id, capabilities, expected);
      sendAnswer(res, answer(miner));
    },
  );
  router.delete('/miners/:miner_id', operators, async (req: Request<MinerParams>, res) => {
    await miners.remove(principalOf(req), req.params.miner_id, ifMatch(req, etagOfMiner));
    res.status(204).end();
  });
  return router;
}

/** What a miner has done, and what that brought in. */
function addHistoryRoutes(router: Router, miners: MinerService, jobs: JobService, earnings: MinerEarningsStore): void {
  const operators = requireRole('miner', 'admin');
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
  router.get(
    '/miners/:miner_id/earnings',
    operators,
    validateQuery(EarningsQuery),
    async (req: Request<MinerParams>, res) => {
      const { id } = await miners.get(principalOf(req), req.params.miner_id);
      const period = periodOf(queryOf(req, EarningsQuery));
      res.json(earningsView(id, period, await earnings.earned(id, period)));
    },
  );
}

/** Heartbeats change what is shown, but not the version: no operator's change is lost by them. */
function etagOfMiner({ version }: Miner): string {
  return etagOf(version);
}

function periodOf({ from, to }: EarningsQuery): Period {
  const period = { from: timeOf(from), to: timeOf(to) };
  if (period.from === undefined || period.to === undefined || period.from < period.to) return period;
  throw validationFailed([{ pointer: '?to', message: 'must be later than from' }]);
}

function timeOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Date.parse(text);
}
