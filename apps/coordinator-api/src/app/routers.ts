import { requireRole } from '@aitbc/shared-core';
import type { Express } from 'express';
import type { AppParts } from './app';

/** Base path of the API; everything below it needs a key. */
export const API = '/api/v1';

/** The whole surface: the agent context under its one prefix, which is the seam, and everything else of the coordinator. */
export function mountRouters(app: Express, { agentRouters, coordinatorRouters }: AppParts): void {
  app.use(`${API}/agent`, requireRole('client', 'service', 'admin'), ...agentRouters);
  app.use(API, ...coordinatorRouters);
}
