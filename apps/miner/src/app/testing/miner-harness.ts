import { generateSigningKey, noTracer, type SigningKey, type Tracer } from '@aitbc/shared-core';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CoordinatorClient } from '../coordinator/coordinator-client';
import { MinerSession } from '../coordinator/miner-session';
import { ExecutorRegistry } from '../executors/executor-registry';
import { Delivery } from '../loop/delivery';
import { HeartbeatLoop } from '../loop/heartbeat-loop';
import { JobRunner } from '../loop/job-runner';
import { Miner } from '../loop/miner';
import { PollLoop } from '../loop/poll-loop';
import { ResultReporter } from '../loop/result-reporter';
import { RunningJobs } from '../loop/running-jobs';
import { TextStreams } from '../loop/text-stream';
import { WorkFolders } from '../loop/work-folders';
import { GatedExecutor } from './gated.executor';
import { silentLog } from './job-context';
import type { TestCoordinator } from './test-coordinator';

export interface MinerHarness {
  readonly miner: Miner;
  readonly executor: GatedExecutor;
  readonly signingKey: SigningKey;
  /** Of `miner.run()`, which has been called. */
  readonly ended: Promise<void>;
  /** Folders of jobs that are on disk now. */
  workFolders(): Promise<string[]>;
  /** Stops the miner without waiting for jobs, and removes its folder. */
  dispose(): Promise<void>;
}

export interface HarnessOptions {
  readonly concurrency?: number;
  readonly drainMs?: number;
  /** Its own interval, where leases ask for no shorter one; 200 by default. */
  readonly heartbeatMs?: number;
  readonly key?: string;
  readonly tracer?: Tracer;
}

/** So long that nobody mistakes its end for what a test waits for. */
const POLL_WAIT_SECONDS = 60;

/** A running miner with the real loop and one executor that the test steers, on short times. */
export async function startMiner(coordinator: TestCoordinator, options: HarnessOptions = {}): Promise<MinerHarness> {
  const { concurrency = 2, drainMs = 5000, heartbeatMs = 200, key = coordinator.key, tracer = noTracer } = options;
  const stateDir = await mkdtemp(join(tmpdir(), 'miner-loop-'));
  const backoff = { initialMs: 20, maximumMs: 100 };
  const executor = new GatedExecutor();
  const registry = new ExecutorRegistry([executor]);
  const signingKey = generateSigningKey();
  const client = new CoordinatorClient(coordinator.url, key, 5000, tracer);
  const capabilities = { services: registry.serviceTypes, models: ['gate-1'], gpus: [] };
  const registration = { miner_id: 'miner-1', capabilities, concurrency, public_key: { ...signingKey.jwk } };
  const session = new MinerSession(client, registration, backoff, silentLog);
  const folders = new WorkFolders(stateDir, 'miner-1');
  await folders.clear();
  const delivery = new Delivery(session, backoff, silentLog);
  const reporter = new ResultReporter(client, delivery, 'miner-1', signingKey, silentLog);
  const streams = new TextStreams(client, delivery, silentLog);
  const runner = new JobRunner(registry, folders, reporter, streams, silentLog, tracer);
  const jobs = new RunningJobs(runner, concurrency, () => undefined);
  const heartbeats = new HeartbeatLoop(client, session, jobs, heartbeatMs, silentLog);
  const polling = new PollLoop(client, session, jobs, { pollWaitSeconds: POLL_WAIT_SECONDS, backoff }, silentLog);
  const miner = new Miner(polling, heartbeats, jobs, drainMs, silentLog);
  const ended = miner.run();
  ended.catch(() => undefined);
  return {
    miner,
    executor,
    signingKey,
    ended,
    workFolders: () => readdir(join(stateDir, 'work', 'miner-1')),
    dispose: async () => {
      miner.stop();
      jobs.abort(jobs.ids, 'dropped');
      await ended.catch(() => undefined);
      await rm(stateDir, { recursive: true });
    },
  };
}
