import type { ServiceName } from '../child-app';
import type { PlatformKeys } from '../keys';
import type { TestBed } from './test-bed';

export interface SharedDatabase {
  /** Where each of the processes answers. */
  readonly urls: readonly [string, ...string[]];
  /** Keys that all of them know. */
  readonly keys: PlatformKeys;
}

/** Processes of a service on one database, with a coordinator there in any case. */
export async function processesOn(
  bed: TestBed,
  databaseUrl: string,
  service: ServiceName,
  processes: number,
): Promise<SharedDatabase> {
  // Coordinators of several addresses take each other's tokens only under one issuer.
  const variables = { DATABASE_URL: databaseUrl, ISSUER_URL: 'http://platform.test' };
  const coordinator = await bed.coordinator(variables);
  const launch = async (): Promise<string> => {
    const launched =
      service === 'coordinator-api' ? bed.coordinator(variables) : bed.agentManagement(coordinator, variables);
    return (await launched).url;
  };
  const first = service === 'coordinator-api' ? coordinator.url : await launch();
  const others: string[] = [];
  while (others.length < processes - 1) others.push(await launch());
  return { urls: [first, ...others], keys: coordinator.keys };
}
