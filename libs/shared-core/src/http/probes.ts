import { Router } from 'express';
import { JwksDocument } from '../crypto';
import { AppError } from '../errors/app-error';
import type { Metrics } from '../observability/metrics';
import { ServiceState } from './service-state';

export interface ProbeOptions {
  readonly service: string;
  readonly version: string;
  readonly state: ServiceState;
  /** Rejects, or takes longer than 2 s, when the process cannot serve now (its database does not answer). */
  readonly readiness: () => Promise<void> | void;
  /** Public keys that verify what this process signs; without it there is no such route. */
  readonly jwks?: () => Promise<JwksDocument>;
  /** What Prometheus reads; without it there is no such route. */
  readonly metrics?: Pick<Metrics, 'render'>;
}

const READINESS_TIMEOUT_MS = 2_000;

/** `GET /health`, `/ready`, `/.well-known/jwks.json`, `/metrics`: outside the base path, without authentication. */
export function probes({ service, version, state, readiness, jwks, metrics }: ProbeOptions): Router {
  const router = Router();
  router.get('/health', (_req, res) => void res.json({ status: 'healthy', service, version }));
  router.get('/ready', async (_req, res) => {
    if (state.phase === 'starting') throw new AppError('starting', 'the process is starting', { retryAfterSeconds: 1 });
    if (state.phase === 'draining') throw new AppError('draining', 'the process is stopping', { retryAfterSeconds: 1 });
    await assertReady(readiness);
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

async function assertReady(readiness: ProbeOptions['readiness']): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${READINESS_TIMEOUT_MS} ms`)), READINESS_TIMEOUT_MS);
  });
  try {
    await Promise.race([Promise.resolve().then(readiness), timeout]);
  } catch (cause) {
    throw new AppError('dependency_unavailable', 'a dependency does not answer', { cause, retryAfterSeconds: 1 });
  } finally {
    clearTimeout(timer);
  }
}
