import type { MinerRegistration } from '@aitbc/contracts';
import { childEntry, type Logger, type Tracer } from '@aitbc/shared-core';
import { discoverGpus } from './capabilities/gpus';
import { findUsable } from './capabilities/usable-executors';
import { readCommandFile } from './command/command-file';
import { CommandExecutor } from './command/command.executor';
import { InputFetcher } from './command/fetch-input';
import type { MinerConfiguration } from './config/miner-configuration';
import { CoordinatorClient } from './coordinator/coordinator-client';
import { MinerSession } from './coordinator/miner-session';
import type { Executor } from './executors/executor';
import { ExecutorRegistry } from './executors/executor-registry';
import { loadMinerKey } from './identity/miner-key';
import { ChatEndpoint } from '@aitbc/inference-client';
import { LlmInferenceExecutor } from './llm-inference/llm-inference.executor';
import { Delivery } from './loop/delivery';
import { HeartbeatLoop } from './loop/heartbeat-loop';
import { JobRunner } from './loop/job-runner';
import { Miner } from './loop/miner';
import { PollLoop } from './loop/poll-loop';
import { ResultReporter } from './loop/result-reporter';
import { RunningJobs } from './loop/running-jobs';
import { TextStreams } from './loop/text-stream';
import { WorkFolders } from './loop/work-folders';
import { AnalysisWorkers } from './text-analysis/analysis-workers';
import { TextAnalysisExecutor } from './text-analysis/text-analysis.executor';

/** Times that operators need not set; tests set them short. */
const TIMING = {
  requestTimeoutMs: 10_000,
  heartbeatMs: 10_000,
  pollWaitSeconds: 25,
  backoff: { initialMs: 500, maximumMs: 30_000 },
};

export interface ComposedMiner {
  readonly miner: Miner;
  /** Registers; waits for a coordinator that is down. @throws MinerRefused */
  readonly register: (signal: AbortSignal) => Promise<void>;
  /** Ends what the executors keep; call it when the miner has ended. */
  readonly close: () => Promise<void>;
}

/**
 * Builds a miner from its configuration, with what is really usable on this machine.
 * @param workerFolder where `text-analysis.worker` lies: the folder of `main`, built or not.
 * @throws Error when the key or the command file cannot be used, or nothing can be run here.
 */
export async function composeMiner(
  config: MinerConfiguration,
  log: Logger,
  workerFolder: string,
  tracer: Tracer,
  timing = TIMING,
): Promise<ComposedMiner> {
  const key = await loadMinerKey(config.MINER_STATE_DIR);
  const folders = new WorkFolders(config.MINER_STATE_DIR, config.MINER_ID);
  await folders.clear();
  const { executors, models } = await findUsable(await candidates(config, workerFolder, tracer), log);
  const registry = new ExecutorRegistry(executors);
  const registration: MinerRegistration = {
    miner_id: config.MINER_ID,
    capabilities: {
      services: registry.serviceTypes,
      models: [...models],
      ...(await discoverGpus(log)),
      ...(config.MINER_PRICE !== undefined && { price: config.MINER_PRICE }),
    },
    concurrency: config.MINER_CONCURRENCY,
    ...(config.MINER_REGION !== undefined && { region: config.MINER_REGION }),
    public_key: { ...key.jwk },
  };
  const client = new CoordinatorClient(config.COORDINATOR_URL, config.MINER_KEY, timing.requestTimeoutMs, tracer);
  const session = new MinerSession(client, registration, timing.backoff, log);
  const delivery = new Delivery(session, timing.backoff, log);
  const reporter = new ResultReporter(client, delivery, config.MINER_ID, key, log);
  const runner = new JobRunner(registry, folders, reporter, new TextStreams(client, delivery, log), log, tracer);
  // A refusal met while reporting is met by the next poll as well, which ends the miner in order.
  const jobs = new RunningJobs(runner, config.MINER_CONCURRENCY, (error) => log.error('a job was left', { error }));
  const heartbeats = new HeartbeatLoop(client, session, jobs, timing.heartbeatMs, log);
  const polling = new PollLoop(client, session, jobs, timing, log);
  return {
    miner: new Miner(polling, heartbeats, jobs, config.MINER_STOP_SECONDS * 1000, log),
    register: async (signal) => session.use(async () => undefined, [], signal),
    close: () => registry.close(),
  };
}

async function candidates(config: MinerConfiguration, workerFolder: string, tracer: Tracer): Promise<Executor[]> {
  const executors: Executor[] = [
    new TextAnalysisExecutor(new AnalysisWorkers(childEntry(workerFolder, 'text-analysis.worker'))),
  ];
  if (config.INFERENCE_BASE_URL !== undefined) {
    executors.push(inferenceExecutor(config, config.INFERENCE_BASE_URL, tracer));
  }
  if (config.MINER_COMMANDS_FILE !== undefined) {
    const fetcher = new InputFetcher(new Set(config.MINER_INPUT_HOSTS));
    for (const command of await readCommandFile(config.MINER_COMMANDS_FILE)) {
      executors.push(new CommandExecutor(command, fetcher, config.searchPath));
    }
  }
  return executors;
}

function inferenceExecutor(config: MinerConfiguration, baseUrl: string, tracer: Tracer): LlmInferenceExecutor {
  const endpoint = new ChatEndpoint({
    baseUrl,
    apiKey: config.INFERENCE_API_KEY,
    timeoutMs: 300_000,
    attempts: 4,
    retryDelayMs: 500,
    tracer,
  });
  return new LlmInferenceExecutor(endpoint, config.INFERENCE_MODELS);
}
