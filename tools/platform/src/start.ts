import { join, resolve } from 'node:path';
import { operatorEnvironment } from './environment';
import { Interrupted, onInterruption, unlessAborted } from './interruption';
import { KeyFile } from './keys';
import { Platform } from './platform';
import { Progress } from './progress';

/** This file is bundled into `dist/tools/platform/`. */
const DIST = join(__dirname, '..', '..');
const FOLDER = resolve('var');
const DEFAULT_PORT = '8011';

/** `npm start`: the platform on this machine until Ctrl-C, on a database that stays. */
async function start(progress: Progress, signal: AbortSignal): Promise<void> {
  const environment = operatorEnvironment();
  const keyPath = join(FOLDER, 'keys.json');
  const keyFile = new KeyFile(keyPath);
  const platform = await Platform.start({
    dist: DIST,
    environment,
    port: environment['PORT'] ?? DEFAULT_PORT,
    databaseUrl: environment['DATABASE_URL'] ?? `sqlite:${join(FOLDER, 'coordinator.db')}`,
    minerStateFolder: join(FOLDER, 'miner'),
    adminKey: keyFile.adminKey(environment['BOOTSTRAP_ADMIN_KEY']),
    keys: (admin) => keyFile.keys(admin),
    onLine: (app, line) => process.stdout.write(`[${app}] ${line}\n`),
    signal,
  });
  try {
    progress.say(`The platform answers at ${platform.url}. The keys are in ${keyPath}. Ctrl-C stops it.`);
    throw new Error(await unlessAborted(signal, platform.broken));
  } finally {
    await platform.stop();
  }
}

const progress = new Progress();
start(progress, onInterruption()).catch((error: unknown) => {
  if (error instanceof Interrupted) return progress.say('Stopped.');
  progress.fail(error);
  process.exitCode = 1;
});
