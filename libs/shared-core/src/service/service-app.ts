import { type ErrorRequestHandler, type Express, type RequestHandler, Router } from 'express';
import { type ApiKeyService, authenticate, type ServiceTokens } from '../auth';
import type { SigningKeys } from '../crypto';
import { createHttpApp, rateLimits, type ServiceState } from '../http';
import type { Logger } from '../logging/logger';
import type { Metrics, Tracer } from '../observability';
import { type CompleteDocument, mountOpenApi, type OpenApiDocument } from '../openapi';

/** Base path of the platform's API, whichever service answers; everything below it needs a key. */
export const API_BASE = '/api/v1';

export interface ServiceAppParts {
  readonly service: string;
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
  readonly document: () => OpenApiDocument;
  /** Adds to that document what others serve under paths of this service. */
  readonly completeDocument?: CompleteDocument;
  /**
   * Sees requests of the API before anybody has looked at their credentials or body, and passes on those that it does not
   * answer: what others serve, and authenticate, under paths of this service.
   */
  readonly beforeAuthentication?: RequestHandler;
  /** Mounts the routes below {@link API_BASE}. */
  readonly mount: (app: Express) => void;
}

/** The Express app of a service of the platform: probes and documents for anybody, the API for those with a key. */
export function createServiceApp(parts: ServiceAppParts): Express {
  const { service, version, state, logger, readiness, metrics, tracer } = parts;
  return createHttpApp({
    ...{ service, version, state, logger, readiness, metrics, tracer },
    // Without a database nothing new is signed, and the keys that this process knows stay true.
    jwks: () => parts.keys.published().catch(() => parts.keys.jwks()),
    beforeBody: (app) => {
      mountOpenApi(app, parts.document, parts.completeDocument);
      if (!parts.servesApi) return;
      if (parts.beforeAuthentication) app.use(parts.beforeAuthentication);
      // Who may not call is told so before we read and parse what may be a megabyte.
      app.use(API_BASE, authenticate(parts.apiKeys, parts.tokens), ...limits(parts.rateLimitPerSecond));
    },
    routes: (app) => {
      if (parts.servesApi) parts.mount(app);
    },
  });
}

function limits(perSecond: number): (RequestHandler | ErrorRequestHandler)[] {
  if (perSecond === 0) return [];
  const { principals, strangers } = rateLimits(perSecond);
  return [principals, strangers];
}

/** One router of them all: mounted side by side, each of them would match their common prefix anew for each request. */
export function oneRouter(...handlers: RequestHandler[]): Router {
  const router = Router();
  router.use(...handlers);
  return router;
}
