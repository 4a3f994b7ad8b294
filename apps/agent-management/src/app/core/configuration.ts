import {
  type Configuration,
  databaseVariables,
  type Environment,
  inferenceVariables,
  listenVariables,
  logVariables,
  peerVariables,
  priceVariables,
  readConfiguration,
  roleVariables,
  tracingVariables,
  webhookVariables,
  workerVariables,
} from '@aitbc/shared-core';
import { killPoint } from './kill-point';

/** Every variable of agent-management. */
export const agentManagementVariables = (isTerminal: boolean) => ({
  ...listenVariables(8012),
  ...databaseVariables,
  COORDINATOR_URL: peerVariables.COORDINATOR_URL,
  ...roleVariables,
  ...workerVariables,
  ...webhookVariables,
  ...inferenceVariables,
  ...priceVariables,
  ...logVariables(isTerminal),
  ...tracingVariables,
  DEBUG_KILL_AT: killPoint({
    default: undefined,
    desc:
      'for fault tests only: `point:n` kills the process (SIGKILL) when that debug point of the engine is reached ' +
      'for the n-th time',
  }),
});

export type AgentManagementConfiguration = Configuration<ReturnType<typeof agentManagementVariables>>;

/** @throws ConfigurationError naming every variable that is missing or not valid. */
export function readAgentManagementConfiguration(
  environment: Environment,
  isTerminal: boolean,
): AgentManagementConfiguration {
  return readConfiguration(agentManagementVariables(isTerminal), environment);
}
