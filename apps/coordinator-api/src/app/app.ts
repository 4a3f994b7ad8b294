import {
  authenticate,
  type ApiKeyService,
  createHttpApp,
  type Logger,
  type Metrics,
  mountOpenApi,
  rateLimits,
  type ServiceTokens,
  type ServiceState,
  type SigningKeys,
  type Tracer,
} from '@aitbc/shared-core';
import type { ErrorRequestHandler, Express, RequestHandler, Router } from 'express';
import { coordinatorDocument } from './openapi';
import { API, mountRouters } from './routers';

export interface AppParts {
  readonly version: string;
  readonly logger: Logger;
  readonly state: ServiceState;
  /** Rejects when the database does not answer. */
  readonly readiness: () => Promise<void>;
  readonly keys: Pick<SigningKeys, 'jwks' | 'published'>;
  readonly apiKeys: ApiKeyService;
  readonly tokens: ServiceTokens;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  /** False: only the probes and what stands beside them are answered. */
  readonly servesApi: boolean;
  /** Requests that a key may make in a second; 0 for any number. */
  readonly rateLimitPerSecond: number;
  readonly agentRouters: readonly Router[];
  readonly coordinatorRouters: readonly Router[];
}

/** The coordinator's Express app. */
export function createApp(parts: AppParts): Express {
  return createHttpApp({
    service: 'coordinator-api',
    version: parts.version,
    state: parts.state,
    logger: parts.logger,
    readiness: parts.readiness,
    metrics: parts.metrics,
    tracer: parts.tracer,
    // Without a database nothing new is signed, and the keys that this process knows stay true.
    jwks: () => parts.keys.published().catch(() => parts.keys.jwks()),
    beforeBody: (app) => {
      mountOpenApi(app, () => coordinatorDocument(parts.version));
      if (!parts.servesApi) return;
      // Who may not call is told so before we read and parse what may be a megabyte.
      app.use(API, authenticate(parts.apiKeys, parts.tokens), ...limits(parts.rateLimitPerSecond));
    },
    routes: (app) => {
      if (parts.servesApi) mountRouters(app, parts);
    },
  });
}

function limits(perSecond: number): (RequestHandler | ErrorRequestHandler)[] {
  if (perSecond === 0) return [];
  const { principals, strangers } = rateLimits(perSecond);
  return [principals, strangers];
}
