import { join, resolve } from 'node:path';
import { operatorEnvironment } from './environment';
import { Interrupted, onInterruption, unlessAborted } from './interruption';
import { KeyFile } from './keys';
import { Platform } from './platform';
import { Progress } from './progress';

/** This file is bundled into `dist/tools/platform/`. */
const DIST = join(__dirname, '..', '..');
const FOLDER = resolve('var');
const DEFAULT_PORTS = { coordinator: '8011', agents: '8012' };

/** `npm start`: the platform on this machine until Ctrl-C, on a database that stays. */
async function start(progress: Progress, signal: AbortSignal): Promise<void> {
  const environment = operatorEnvironment();
  const keyPath = join(FOLDER, 'keys.json');
  const keyFile = new KeyFile(keyPath);
  const platform = await Platform.start({
    dist: DIST,
    environment,
    ports: {
      coordinator: environment['PORT'] ?? DEFAULT_PORTS.coordinator,
      agents: environment['AGENT_PORT'] ?? DEFAULT_PORTS.agents,
    },
    databaseUrl: environment['DATABASE_URL'] ?? `sqlite:${join(FOLDER, 'coordinator.db')}`,
    minerStateFolder: join(FOLDER, 'miner'),
    adminKey: keyFile.adminKey(environment['BOOTSTRAP_ADMIN_KEY']),
    keys: (admin) => keyFile.keys(admin),
    onLine: (app, line) => process.stdout.write(`[${app}] ${line}\n`),
    onRestart: (sentence) => progress.say(sentence),
    signal,
  });
  try {
    const { coordinator, agents } = platform.urls;
    progress.say(`The coordinator answers at ${coordinator}, agent-management (/api/v1/agent) at ${agents}.`);
    progress.say(`The keys are in ${keyPath}. Ctrl-C stops all.`);
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
