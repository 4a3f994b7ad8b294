import { join, resolve } from 'node:path';
import { operatorEnvironment } from './environment';
import { KeyFile } from './keys';
import { Platform } from './platform';
import { Progress } from './progress';

const FOLDER = resolve('var');
const DEFAULT_PORT = 8011;

/** `npm start`: the platform on this machine until Ctrl-C, on a database that stays. */
async function start(progress: Progress): Promise<void> {
  const environment = operatorEnvironment();
  const keyFile = new KeyFile(join(FOLDER, 'keys.json'));
  const platform = await Platform.start({
    environment,
    port: Number(environment['PORT'] ?? DEFAULT_PORT),
    databaseUrl: environment['DATABASE_URL'] ?? `sqlite:${join(FOLDER, 'coordinator.db')}`,
    minerStateFolder: join(FOLDER, 'miner'),
    adminKey: environment['BOOTSTRAP_ADMIN_KEY'] ?? keyFile.adminKey(),
    keys: (admin) => keyFile.keys(admin),
    onLine: (app, line) => process.stdout.write(`[${app}] ${line}\n`),
  });
  progress.say(
    `The platform answers at ${platform.url}. The keys are in ${join(FOLDER, 'keys.json')}. Ctrl-C stops it.`,
  );
  const signal = new Promise<string>((resolved) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolved(name));
  });
  const reason = await Promise.race([signal, platform.broken.then((broken) => new Error(broken))]);
  await platform.stop();
  if (reason instanceof Error) throw reason;
}

const progress = new Progress();
start(progress).then(
  () => progress.say('Stopped.'),
  (error: unknown) => {
    progress.fail(error);
    process.exitCode = 1;
  },
);
