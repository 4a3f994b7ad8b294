import { openService, type OpenService } from '@aitbc/shared-core/testing';
import { TestJobClient } from '../../testing/test-job-client';
import { type AgentManagement, composeAgentManagement } from '../composition';
import { readAgentManagementConfiguration } from '../configuration';

export interface OpenAgentManagement extends OpenService<AgentManagement> {
  /** Stands for the coordinator. */
  readonly jobs: TestJobClient;
}

/** The whole service without a coordinator; see `openService`. */
export async function openAgentManagement(
  changes: Readonly<Record<string, string>> = {},
  beside?: string,
): Promise<OpenAgentManagement> {
  const jobs = new TestJobClient();
  const parts = {
    readConfiguration: readAgentManagementConfiguration,
    compose: (options: Parameters<typeof composeAgentManagement>[0]) => composeAgentManagement({ ...options, jobs }),
  };
  return { ...(await openService(parts, changes, beside)), jobs };
}
