import { openService, type OpenService } from '@aitbc/shared-core/testing';
import { composeCoordinator, type Coordinator } from '../composition';
import { readCoordinatorConfiguration } from '../configuration';

export type OpenCoordinator = OpenService<Coordinator>;

/** Nobody listens there: agents are read from the database. */
const NOBODY = 'http://127.0.0.1:1';

/** The whole coordinator without agent-management; see `openService`. */
export function openCoordinator(
  changes: Readonly<Record<string, string>> = {},
  beside?: string,
): Promise<OpenCoordinator> {
  const parts = { readConfiguration: readCoordinatorConfiguration, compose: composeCoordinator };
  return openService(parts, { AGENT_MANAGEMENT_URL: NOBODY, ...changes }, beside);
}
