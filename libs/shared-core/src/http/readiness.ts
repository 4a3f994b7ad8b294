import { AppError } from '../errors/app-error';
import type { MetricsSource } from '../observability/metrics-source';
import type { ServiceState } from './service-state';

export interface ReadinessOptions {
  readonly state: ServiceState;
  /** Rejects, or takes longer than 2 s, when the process cannot serve now (its database does not answer). */
  readonly readiness: () => Promise<void> | void;
}

const READINESS_TIMEOUT_MS = 2_000;

/** @throws AppError `starting`, `draining`, `dependency_unavailable` */
export async function assertReady({ state, readiness }: ReadinessOptions): Promise<void> {
  if (state.phase === 'starting') throw new AppError('starting', 'the process is starting', { retryAfterSeconds: 1 });
  if (state.phase === 'draining') throw new AppError('draining', 'the process is stopping', { retryAfterSeconds: 1 });
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

/** What `/ready` would answer, for whoever reads metrics only: a process that answers, but serves nobody, is seen by it. */
export function readinessMetric(options: ReadinessOptions): MetricsSource {
  return {
    name: 'aitbc_ready',
    help: 'Whether the process can serve: 1 when `/ready` answers 200, else 0.',
    kind: 'gauge',
    collect: () =>
      assertReady(options).then(
        () => [{ value: 1 }],
        () => [{ value: 0 }],
      ),
  };
}
