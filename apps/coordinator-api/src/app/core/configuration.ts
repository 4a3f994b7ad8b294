import {
  type Configuration,
  databaseVariables,
  type Environment,
  inferenceVariables,
  listenVariables,
  logVariables,
  priceVariables,
  readConfiguration,
  webhookVariables,
  tracingVariables,
  wholeNumber,
  workerVariables,
} from '@aitbc/shared-core';
import { killPoint } from './kill-point';

/** Every variable of the coordinator. */
export const coordinatorVariables = (isTerminal: boolean) => ({
  ...listenVariables(8011),
  ...databaseVariables,
  ...workerVariables,
  JOB_LEASE_SECONDS: wholeNumber(
    1,
    3_600,
  )({ default: 60, desc: 'seconds after which the job of a silent miner goes to another, 1..3600' }),
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

export type CoordinatorConfiguration = Configuration<ReturnType<typeof coordinatorVariables>>;

/** @throws ConfigurationError naming every variable that is missing or not valid. */
export function readCoordinatorConfiguration(environment: Environment, isTerminal: boolean): CoordinatorConfiguration {
  return readConfiguration(coordinatorVariables(isTerminal), environment);
}
