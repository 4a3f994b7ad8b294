import { createLogger, HttpServer, type RunningProcess, runProcess } from '@aitbc/shared-core';
import { readOptions, type ShadowOptions, USAGE, UsageError } from './options';
import { Shadow } from './shadow';
import { version } from '../package.json';

/** Its own bounds add up to less: 1 s for what is in flight, 5 s for what waits. */
const STOP_TIMEOUT_MS = 9_000;
const EXIT_USAGE = 2;

async function start(options: ShadowOptions): Promise<RunningProcess> {
  const format = process.stdout.isTTY ? 'pretty' : 'json';
  const logger = createLogger({ service: 'shadow-diff', level: 'info', format });
  const edgeLogger = createLogger({ service: 'shadow-diff', level: 'warn', format });
  const shadow = new Shadow(options, version, logger, edgeLogger);
  const { app, state } = shadow;
  // No drain delay: the router loses nothing by an answer that it would have thrown away.
  const server = new HttpServer({ app, state, logger, drainDelayMs: 0, closeTimeoutMs: 500 });
  await server.start(options.host, options.port);
  shadow.start();
  return {
    logger,
    stop: async () => {
      await server.stop();
      await shadow.close();
    },
    exitCode: () => shadow.verdict(),
  };
}

function main(): void {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options) void runProcess(() => start(options), { stopTimeoutMs: STOP_TIMEOUT_MS });
    else process.stdout.write(USAGE);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    process.exitCode = EXIT_USAGE;
  }
}

main();
