import 'reflect-metadata';
import {
  createLogger,
  HttpServer,
  openTracing,
  processEnvironment,
  returnMemoryWhenIdle,
  returnUnusedMemory,
  runProcess,
  type RunningProcess,
} from '@aitbc/shared-core';
import { composeCoordinator } from './app/core/composition';
import { readCoordinatorConfiguration } from './app/core/configuration';
import { version } from '../package.json';

/** Draining may take 1.5 s, cutting requests that hang 8 s, handing executions back 2 s, sending spans 1 s; this is for the unforeseen. */
const STOP_TIMEOUT_MS = 14_000;

/** Read the configuration, compose, listen, drain. */
async function main(): Promise<RunningProcess> {
  const config = readCoordinatorConfiguration(processEnvironment(), process.stdout.isTTY);
  const logger = createLogger({ service: 'coordinator-api', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const tracing = await openTracing(config, { name: 'coordinator-api', version }, logger);
  let url = '';
  const coordinator = await composeCoordinator({
    config,
    logger,
    version,
    ownUrl: () => url,
    tracer: tracing.tracer,
    // On standard error and not through the logger, which would redact it: log files are kept, this is shown once.
    showAdminKey: (key) => process.stderr.write(`The first admin key, shown only now: ${key}\n`),
  });
  await returnUnusedMemory();
  const server = new HttpServer({ app: coordinator.app, state: coordinator.state, logger });
  url = await server.start(config.HOST, config.PORT);
  coordinator.start();
  const memory = returnMemoryWhenIdle(logger);
  memory.start();
  return {
    logger,
    stop: async () => {
      await server.stop();
      await memory.stop();
      await coordinator.close();
      await tracing.close();
    },
  };
}

void runProcess(main, { stopTimeoutMs: STOP_TIMEOUT_MS });
