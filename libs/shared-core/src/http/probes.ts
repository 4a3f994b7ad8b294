import { Router } from 'express';
import { JwksDocument } from '../crypto';
import type { Metrics } from '../observability/metrics';
import { assertReady, type ReadinessOptions } from './readiness';

export interface ProbeOptions extends ReadinessOptions {
  readonly service: string;
  readonly version: string;
  /** Public keys that verify what this process signs; without it there is no such route. */
  readonly jwks?: () => Promise<JwksDocument>;
  /** What Prometheus reads; without it there is no such route. */
  readonly metrics?: Pick<Metrics, 'render'>;
}

/** `GET /health`, `/ready`, `/.well-known/jwks.json`, `/metrics`: outside the base path, without authentication. */
export function probes({ service, version, state, readiness, jwks, metrics }: ProbeOptions): Router {
  const router = Router();
  router.get('/health', (_req, res) => void res.json({ status: 'healthy', service, version }));
  router.get('/ready', async (_req, res) => {
    await assertReady({ state, readiness });
    res.json({ status: 'ready', service, version });
  });
  if (jwks) {
    router.get('/.well-known/jwks.json', async (_req, res) => {
      const keys = JSON.stringify(await jwks());
      res.setHeader('Cache-Control', 'public, max-age=60');
      res.type('application/jwk-set+json').send(keys);
    });
  }
  if (metrics) {
    router.get('/metrics', async (_req, res) => {
      const { type, text } = await metrics.render();
      res.setHeader('Content-Type', type).send(text);
    });
  }
  return router;
}
