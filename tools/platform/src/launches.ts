import { join } from 'node:path';
import type { Launch } from './fleet';
import type { BuiltRelease } from './releases/build-release';
import { hotVariables } from './releases/release';

/** A coordinator at a port, `0` for a free one, and where it finds agent-management. */
export function coordinatorLaunch(port: string, agentsUrl: string): Launch {
  return { app: 'coordinator-api', variables: { PORT: port, AGENT_MANAGEMENT_URL: agentsUrl } };
}

/** An agent-management at a port, and where it finds the coordinator. */
export function agentsLaunch(port: string, coordinatorUrl: string): Launch {
  return { app: 'agent-management', variables: { PORT: port, COORDINATOR_URL: coordinatorUrl } };
}

/** @param folder in which the miner keeps its state */
export function minerLaunch(coordinatorUrl: string, key: string, folder: string): Launch {
  const own = { MINER_KEY: key, MINER_ID: 'drilled-miner', MINER_STATE_DIR: join(folder, 'miner') };
  return { app: 'miner', variables: { COORDINATOR_URL: coordinatorUrl, ...own } };
}

/** A release that serves agents beside today's coordinator. */
export function releaseLaunch({ app, name, dist }: BuiltRelease, port: string, coordinatorUrl: string): Launch {
  return { app, name, dist, variables: hotVariables(coordinatorUrl, port) };
}
