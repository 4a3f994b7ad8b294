import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../config';
import type { CompositionOptions, Service } from '../service';
import { type LogLine, memoryLogger } from './memory-logger';

export const VERSION = '1.2.3';
export const ADMIN_KEY = 'admin-key-of-a-test-which-is-long-enough';
/** The issuer of a service in a test that says nothing else. */
export const COORDINATOR = 'http://coordinator.test';

export interface OpenService<T extends Service> {
  readonly service: T;
  /** Where its database is. */
  readonly folder: string;
  readonly lines: readonly LogLine[];
  /** Stops what runs, and removes the database. */
  close(): Promise<void>;
}

export interface ServiceParts<T extends Service, Config> {
  readonly readConfiguration: (environment: Environment, isTerminal: boolean) => Config;
  readonly compose: (options: CompositionOptions<Config>) => Promise<T>;
}

/**
 * A whole service as its `main.ts` composes it, without a socket, on a new database.
 * @param changes of the environment
 * @param beside the folder of one whose database this one opens too
 */
export async function openService<T extends Service, Config>(
  { readConfiguration, compose }: ServiceParts<T, Config>,
  changes: Readonly<Record<string, string>> = {},
  beside?: string,
): Promise<OpenService<T>> {
  const folder = beside ?? (await mkdtemp(join(tmpdir(), 'service-')));
  const environment = {
    DATABASE_URL: `sqlite:${join(folder, 'coordinator.db')}`,
    BOOTSTRAP_ADMIN_KEY: ADMIN_KEY,
    ISSUER_URL: COORDINATOR,
    // On, so that its headers are answered, but out of reach.
    RATE_LIMIT_PER_SECOND: '10000',
    ...changes,
  };
  const { logger, lines } = memoryLogger();
  const service = await compose({
    config: readConfiguration(environment, false),
    logger,
    version: VERSION,
    ownUrl: () => COORDINATOR,
    showAdminKey: () => undefined,
  });
  return {
    ...{ service, folder, lines },
    close: async () => {
      await service.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
