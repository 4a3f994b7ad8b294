import { requireRole, type Role } from '@aitbc/shared-core';
import { type Express, type RequestHandler, Router } from 'express';
import type { AppParts } from './app';

/** Base path of the API; everything below it needs a key. */
export const API = '/api/v1';
/** Who may call the agent context. */
export const AGENT_CONTEXT_ROLES: readonly Role[] = ['client', 'service', 'admin'];

/** The whole surface: the agent context under its one prefix, which is the seam, and everything else of the coordinator. */
export function mountRouters(app: Express, { agentRouters, coordinatorRouters }: AppParts): void {
  app.use(`${API}/agent`, below(requireRole(...AGENT_CONTEXT_ROLES), ...agentRouters));
  app.use(API, below(...coordinatorRouters));
}

/** One router of them all: mounted side by side, each of them would match the prefix anew for each request. */
function below(...handlers: RequestHandler[]): Router {
  const router = Router();
  router.use(...handlers);
  return router;
}
