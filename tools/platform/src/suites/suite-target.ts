import type { ServiceUrls } from '../api';

/** Running services, and the key that makes all other keys. */
export interface SuiteTarget extends ServiceUrls {
  readonly adminKey: string;
}

/** The one suite that judges agent-management; miners and keys it finds at the coordinator. */
const OF_THE_AGENTS = 'agent-context-e2e';

/** The variables by which an end-to-end suite finds what it judges. */
export function targetOf(suite: string, { coordinator, agents, adminKey }: SuiteTarget): Record<string, string> {
  const judged = suite === OF_THE_AGENTS ? agents : coordinator;
  return { BASE_URL: judged, COORDINATOR_URL: coordinator, ADMIN_KEY: adminKey };
}
