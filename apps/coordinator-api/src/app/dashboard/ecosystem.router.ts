import { Router } from 'express';
import type { EcosystemService } from './ecosystem.service';
import { ecosystemView } from './ecosystem.view';

/** `/dashboard/ecosystem`, for any principal; stands behind `authenticate`. */
export function createDashboardRouter(ecosystem: EcosystemService): Router {
  const router = Router();
  router.get('/dashboard/ecosystem', async (_req, res) => {
    res.json(ecosystemView(await ecosystem.figures()));
  });
  return router;
}
