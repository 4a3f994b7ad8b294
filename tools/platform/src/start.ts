import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { operatorEnvironment } from './environment';
import { Interrupted, onInterruption, unlessAborted } from './interruption';
import { KeyFile } from './keys';
import { type HotRelease, Platform } from './platform';
import { Progress } from './progress';
import { builtReleaseNamed } from './releases/build-release';

/** This file is bundled into `dist/tools/platform/`. */
const DIST = join(__dirname, '..', '..');
const ROOT = join(DIST, '..');
const FOLDER = resolve('var');
const DEFAULT_PORTS = { coordinator: '8011', agents: '8012' };

/** `npm start [-- --release NAME]`: the platform on this machine until Ctrl-C, on a database that stays. */
async function start(progress: Progress, signal: AbortSignal): Promise<void> {
  const environment = operatorEnvironment();
  const release = await hotRelease(progress, environment['RELEASE_PORT']);
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
    release,
    adminKey: keyFile.adminKey(environment['BOOTSTRAP_ADMIN_KEY']),
    keys: (admin) => keyFile.keys(admin),
    onLine: (app, line) => process.stdout.write(`[${app}] ${line}\n`),
    onRestart: (sentence) => progress.say(sentence),
    signal,
  });
  try {
    const { coordinator, agents } = platform.urls;
    progress.say(`The coordinator answers at ${coordinator}, agent-management (/api/v1/agent) at ${agents}.`);
    if (release) progress.say(`The release '${release.name}' answers at port ${release.port}.`);
    progress.say(`The keys are in ${keyPath}. Ctrl-C stops all.`);
    throw new Error(await unlessAborted(signal, platform.broken));
  } finally {
    await platform.stop();
  }
}

/** `--release NAME`: what runs hot beside today's services. */
async function hotRelease(progress: Progress, port: string | undefined): Promise<HotRelease | undefined> {
  const { values } = parseArgs({ options: { release: { type: 'string' } } });
  if (values.release === undefined) return undefined;
  const release = await builtReleaseNamed(ROOT, values.release, (sentence) => progress.say(sentence));
  return { ...release, port: port ?? String(release.port) };
}

const progress = new Progress();
start(progress, onInterruption()).catch((error: unknown) => {
  if (error instanceof Interrupted) return progress.say('Stopped.');
  progress.fail(error);
  process.exitCode = 1;
});
