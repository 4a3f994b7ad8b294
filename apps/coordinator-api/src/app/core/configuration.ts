import {
  type Configuration,
  databaseVariables,
  type Environment,
  listenVariables,
  logVariables,
  peerVariables,
  readConfiguration,
  roleVariables,
  tracingVariables,
  wholeNumber,
} from '@aitbc/shared-core';

/** Every variable of the coordinator. */
export const coordinatorVariables = (isTerminal: boolean) => ({
  ...listenVariables(8011),
  ...databaseVariables,
  AGENT_MANAGEMENT_URL: peerVariables.AGENT_MANAGEMENT_URL,
  ...roleVariables,
  JOB_LEASE_SECONDS: wholeNumber(
    1,
    3_600,
  )({ default: 60, desc: 'seconds after which the job of a silent miner goes to another, 1..3600' }),
  ...logVariables(isTerminal),
  ...tracingVariables,
});

export type CoordinatorConfiguration = Configuration<ReturnType<typeof coordinatorVariables>>;

/** @throws ConfigurationError naming every variable that is missing or not valid. */
export function readCoordinatorConfiguration(environment: Environment, isTerminal: boolean): CoordinatorConfiguration {
  return readConfiguration(coordinatorVariables(isTerminal), environment);
}
