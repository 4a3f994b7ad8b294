import 'reflect-metadata';
import {
  createLogger,
  openTracing,
  processEnvironment,
  releaseVersion,
  runProcess,
  type RunningProcess,
  type ServiceManager,
} from '@aitbc/shared-core';
import { composeMiner } from './app/compose';
import { readMinerConfiguration } from './app/config/miner-configuration';
import { version as builtVersion } from '../package.json';

/** The miner bounds its own stop (at most 60 s of draining, then 2 s to hand jobs back); this is for the unforeseen. */
const STOP_TIMEOUT_MS = 70_000;

async function main(manager: ServiceManager): Promise<RunningProcess> {
  const version = releaseVersion(__dirname) ?? builtVersion;
  const config = readMinerConfiguration(processEnvironment(), process.stdout.isTTY);
  const logger = createLogger({ service: 'miner', level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const tracing = await openTracing(config, { name: 'miner', version }, logger);
  const { miner, register, close } = await composeMiner(config, logger, __dirname, tracing.tracer);
  // Before the coordinator has answered: one that is away is waited for, which is no start that hangs.
  manager.ready('asks the coordinator for jobs', logger);
  await register(new AbortController().signal);
  const ended = miner
    .run()
    .finally(close)
    .finally(() => tracing.close());
  // Not caught here: a miner that the coordinator refuses ends the process, with the reason in its log.
  return {
    logger,
    stop: () => {
      miner.stop();
      return ended;
    },
  };
}

void runProcess(main, { stopTimeoutMs: STOP_TIMEOUT_MS });
