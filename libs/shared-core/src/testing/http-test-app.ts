import { Express } from 'express';
import { createHttpApp, HttpAppOptions, ServiceState } from '../http';
import { Logger } from '../logging/logger';
import { LogLine, memoryLogger } from './memory-logger';

export interface TestApp {
  readonly app: Express;
  readonly state: ServiceState;
  readonly logger: Logger;
  readonly lines: LogLine[];
}

/** A real app of `createHttpApp` around the given routes, with its log lines in memory. */
export function createTestApp(routes: HttpAppOptions['routes'], options: Partial<HttpAppOptions> = {}): TestApp {
  const { logger, lines } = memoryLogger();
  const state = new ServiceState();
  const app = createHttpApp({
    service: 'test',
    version: '1.2.3',
    state,
    logger,
    readiness: () => undefined,
    routes,
    ...options,
  });
  return { app, state, logger, lines };
}
