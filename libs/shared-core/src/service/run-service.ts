import type { Express } from 'express';
import { type Environment, processEnvironment } from '../config';
import { HttpServer, type ServiceState } from '../http';
import { returnMemoryWhenIdle, returnUnusedMemory } from '../lifecycle/return-memory';
import { type RunningProcess, runProcess } from '../lifecycle/run-process';
import type { ServiceManager } from '../lifecycle/service-manager';
import { createLogger, type LogFormat, type Logger, type LogLevel } from '../logging/logger';
import { openTracing, type Tracer, type TracingConfiguration } from '../observability/tracing';

/** What every service of the platform is configured by. */
export interface ServiceConfiguration extends TracingConfiguration {
  readonly HOST: string;
  readonly PORT: number;
  readonly LOG_LEVEL: LogLevel;
  readonly LOG_FORMAT: LogFormat;
}

/** A service that is put together and does nothing yet. */
export interface Service {
  readonly app: Express;
  readonly state: ServiceState;
  /** Begins the background work of this process. */
  start(): void;
  /** Hands back what is held and closes the database. Called when no request is in flight any more. */
  close(): Promise<void>;
}

/** What a service is composed from. */
export interface CompositionOptions<Config> {
  readonly config: Config;
  readonly logger: Logger;
  readonly version: string;
  /** The process's own URL, asked for when it is needed: with `PORT=0` it is known only when the process listens. */
  readonly ownUrl: () => string;
  /** Shows the first admin key of a new database to the operator. */
  readonly showAdminKey: (key: string) => void;
  /** Is told what is traced; by default nothing is. */
  readonly tracer?: Tracer;
}

export interface ServiceProgram<Config extends ServiceConfiguration> {
  /** In log lines, traces and `/health`. */
  readonly name: string;
  readonly version: string;
  readonly readConfiguration: (environment: Environment, isTerminal: boolean) => Config;
  readonly compose: (options: CompositionOptions<Config>) => Promise<Service>;
}

/** Draining may take 1.5 s, cutting requests that hang 8 s, handing executions back 2 s, sending spans 1 s; this is for the unforeseen. */
const STOP_TIMEOUT_MS = 14_000;
/** sysexits.h */
const EX_USAGE = 64;

/**
 * The whole life of a service's process: read the configuration, compose, listen, drain. With the argument `migrate` it
 * only brings the database up to date: an upgrade does so while the release of before still serves.
 */
export function runService<Config extends ServiceConfiguration>(program: ServiceProgram<Config>): void {
  const [command] = process.argv.slice(2);
  if (command === 'migrate') void runProcess(() => migrateOnly(program));
  else if (command === undefined) {
    void runProcess((manager) => startService(program, manager), { stopTimeoutMs: STOP_TIMEOUT_MS });
  } else {
    process.stderr.write(`usage: ${program.name} [migrate]\n`);
    process.exitCode = EX_USAGE;
  }
}

/** Composing migrates; nothing listens and nothing works in the background, so the process ends by itself. */
async function migrateOnly<Config extends ServiceConfiguration>(
  program: ServiceProgram<Config>,
): Promise<RunningProcess> {
  const { name, version, readConfiguration, compose } = program;
  const config = readConfiguration(processEnvironment(), process.stdout.isTTY);
  const logger = createLogger({ service: name, level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const service = await compose({ config, logger, version, ownUrl: () => '', showAdminKey });
  await service.close();
  logger.info('the database is up to date', { event: 'up_to_date' });
  return { logger, stop: () => Promise.resolve() };
}

/** On standard error and not through the logger, which would redact it: log files are kept, this is shown once. */
function showAdminKey(key: string): void {
  process.stderr.write(`The first admin key, shown only now: ${key}\n`);
}

async function startService<Config extends ServiceConfiguration>(
  { name, version, readConfiguration, compose }: ServiceProgram<Config>,
  manager: ServiceManager,
): Promise<RunningProcess> {
  const config = readConfiguration(processEnvironment(), process.stdout.isTTY);
  const logger = createLogger({ service: name, level: config.LOG_LEVEL, format: config.LOG_FORMAT });
  const tracing = await openTracing(config, { name, version }, logger);
  let url = '';
  const service = await compose({
    ...{ config, logger, version, tracer: tracing.tracer },
    ownUrl: () => url,
    showAdminKey,
  });
  await returnUnusedMemory();
  const server = new HttpServer({ app: service.app, state: service.state, logger });
  url = await server.start(config.HOST, config.PORT);
  service.start();
  manager.ready(`listens at ${url}`, logger);
  const memory = returnMemoryWhenIdle(logger);
  memory.start();
  return {
    logger,
    stop: async () => {
      await server.stop();
      await memory.stop();
      await service.close();
      await tracing.close();
    },
  };
}
