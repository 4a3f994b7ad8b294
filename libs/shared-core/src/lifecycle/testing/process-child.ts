import { ConfigurationError } from '../../config/configuration-error';
import { processEnvironment } from '../../config/environment';
import { createLogger } from '../../logging/logger';
import { runProcess } from '../run-process';
import type { ServiceManager } from '../service-manager';

const [behaviour] = process.argv.slice(2);
const logger = createLogger({ service: 'child', level: 'info', format: 'json' });
const never = new Promise<void>(() => undefined);

/** A process whose start and stop behave as its first argument says. */
async function start(manager: ServiceManager) {
  if (behaviour === 'bad-configuration') {
    throw new ConfigurationError([{ name: 'PORT', problem: 'it is odd', expected: 'an even one' }]);
  }
  if (behaviour === 'bad-start') throw new Error('no database at postgres://user:hunter2@db/x');
  setInterval(() => undefined, 60_000);
  logger.info('up', { event: 'up', notify_socket: processEnvironment()['NOTIFY_SOCKET'] ?? 'none' });
  manager.ready('is up', logger);
  if (behaviour === 'throws-later') setTimeout(() => throwLater(), 0);
  if (behaviour === 'rejects-later') setTimeout(() => void Promise.reject(new Error('forgotten')), 0);
  return { logger, stop: () => stop(), ...(behaviour === 'has-a-result' && { exitCode: () => 3 }) };
}

function throwLater(): void {
  throw new Error('unexpected');
}

async function stop(): Promise<void> {
  if (behaviour === 'hangs') await never;
  if (behaviour === 'fails-to-stop') throw new Error('cannot close');
}

void runProcess(start, { stopTimeoutMs: 60_000 });
