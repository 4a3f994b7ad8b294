import { fromUnits, pageRequestOf, queryOf, requireRole, sendPage, validateQuery } from '@aitbc/shared-core';
import { Router } from 'express';
import { type EcosystemService, ecosystemView } from '../dashboard';
import { jobFilterOf, type JobService, jobSummary } from '../jobs';
import { type MinerService, minerView } from '../miners';
import { AdminJobListQuery, AdminMinerListQuery } from './admin.dto';
import type { AdminStats, AdminStatsStore } from './admin-stats.store';

export interface AdminParts {
  readonly jobs: JobService;
  readonly miners: MinerService;
  readonly ecosystem: EcosystemService;
  readonly stats: AdminStatsStore;
}

/** `/admin/stats`, `/admin/jobs`, `/admin/miners`: over everybody's, for admins; stands behind `authenticate`. */
export function createAdminRouter({ jobs, miners, ecosystem, stats }: AdminParts): Router {
  const router = Router();
  const admins = requireRole('admin');

  router.get('/admin/stats', admins, async (_req, res) => {
    const [figures, own] = await Promise.all([ecosystem.figures(), stats.stats()]);
    res.json({ ...ecosystemView(figures), ...statsView(own) });
  });
  router.get('/admin/jobs', admins, validateQuery(AdminJobListQuery), async (req, res) => {
    const query = queryOf(req, AdminJobListQuery);
    const everybody = { clientId: query.client_id, minerId: query.miner_id };
    sendPage(res, await jobs.page({ ...jobFilterOf(query), scope: { everybody } }, pageRequestOf(query)), jobSummary);
  });
  router.get('/admin/miners', admins, validateQuery(AdminMinerListQuery), async (req, res) => {
    const query = queryOf(req, AdminMinerListQuery);
    const filter = { ownerId: query.owner_id, region: query.region, online: query.online };
    const page = await miners.everybodys(filter, pageRequestOf(query));
    sendPage(res, page, (miner) => minerView(miner, miners.isOnline(miner)));
  });
  return router;
}

function statsView({ gpuOffers, jobReceipts, volume, database }: AdminStats) {
  return {
    gpu_offers: gpuOffers,
    job_receipts: jobReceipts,
    volume_last_24_hours: fromUnits(volume),
    database: {
      units_committed: database.unitsCommitted,
      units_rolled_back: database.unitsRolledBack,
      units_timed_out: database.unitsTimedOut,
      units_waiting: database.unitsWaiting,
      writer_wait_ms: database.writerWaitMs,
      retries: database.retries,
    },
  };
}
