import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryLogger } from '@aitbc/shared-core/testing';
import { composeCoordinator, type Coordinator } from '../composition';
import { readCoordinatorConfiguration } from '../configuration';

export const VERSION = '1.2.3';
export const ADMIN_KEY = 'admin-key-of-a-test-which-is-long-enough';

export interface OpenCoordinator {
  readonly coordinator: Coordinator;
  /** Where its database is. */
  readonly folder: string;
  /** Stops what runs, and removes the database. */
  close(): Promise<void>;
}

/**
 * The whole coordinator as `main.ts` composes it, without a socket, on a new database.
 * @param beside the folder of one whose database this one opens too
 */
export async function openCoordinator(
  changes: Readonly<Record<string, string>> = {},
  beside?: string,
): Promise<OpenCoordinator> {
  const folder = beside ?? (await mkdtemp(join(tmpdir(), 'coordinator-')));
  const environment = {
    DATABASE_URL: `sqlite:${join(folder, 'coordinator.db')}`,
    BOOTSTRAP_ADMIN_KEY: ADMIN_KEY,
    // On, so that its headers are answered, but out of reach.
    RATE_LIMIT_PER_SECOND: '10000',
    ...changes,
  };
  const coordinator = await composeCoordinator({
    config: readCoordinatorConfiguration(environment, false),
    logger: memoryLogger().logger,
    version: VERSION,
    ownUrl: () => 'http://coordinator.test',
    showAdminKey: () => undefined,
  });
  return {
    coordinator,
    folder,
    close: async () => {
      await coordinator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
