import { authenticate, requireRole } from '@aitbc/shared-core';
import type { Express } from 'express';
import type { AppParts } from './app';

/** The whole surface: the agent context under its one prefix, which is the seam, and everything else of the coordinator. */
export function mountRouters(app: Express, { apiKeys, agentRouters, coordinatorRouters }: AppParts): void {
  app.use('/api/v1', authenticate(apiKeys));
  app.use('/api/v1/agent', requireRole('client', 'service', 'admin'), ...agentRouters);
  app.use('/api/v1', ...coordinatorRouters);
}
