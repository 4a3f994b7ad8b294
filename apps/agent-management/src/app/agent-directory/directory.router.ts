import type { AgentDirectory } from '@aitbc/contracts';
import { notFound, queryOf, requireRole, validateQuery } from '@aitbc/shared-core';
import { type Request, Router } from 'express';
import { DirectoryReceiptsQuery } from './directory.dto';
import { agentSummaryView, receiptPageView } from './directory.view';

/** `/directory`: what the platform's other services may know of agents and receipts of all owners. */
export function createDirectoryRouter(directory: AgentDirectory): Router {
  const router = Router();
  router.use('/directory', requireRole('service'));
  router.get('/directory/agents/:agent_id', async (req: Request<{ agent_id: string }>, res) => {
    const agent = await directory.find(req.params.agent_id);
    if (!agent) throw notFound('agent', req.params.agent_id);
    res.json(agentSummaryView(agent));
  });
  router.get('/directory/counts', async (_req, res) => {
    res.json(await directory.counts());
  });
  router.get('/directory/receipts', validateQuery(DirectoryReceiptsQuery), async (req, res) => {
    const { limit, before: beforeId, count: withCount } = queryOf(req, DirectoryReceiptsQuery);
    res.json(receiptPageView(await directory.receipts({ limit, beforeId, withCount })));
  });
  return router;
}
