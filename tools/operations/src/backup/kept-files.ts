import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readEnvironmentFile } from '../environment-file';
import { type Layout, RELEASED_APPS } from '../layout';
import { copyPrivately } from './durable-files';

/** Of the miner's state all else belongs to jobs that it runs. */
const MINER_KEY_FILE = 'miner-key.json';

/**
 * Copies what a machine cannot get again from a release and from the database: the configuration with its secrets, the key
 * of a miner of this machine, and which ways were set, for whoever sets them again.
 */
export async function keepFiles(layout: Layout, folder: string): Promise<void> {
  const kept = [
    ...configurationFiles(layout).map((path) => ['configuration', path] as const),
    ['miner', join(minerState(layout), MINER_KEY_FILE)] as const,
    ['router', join(layout.state, 'router', 'ways', 'current', 'ways.json')] as const,
  ];
  for (const [subject, path] of kept) {
    if (!existsSync(path)) continue;
    await mkdir(join(folder, subject), { recursive: true, mode: 0o700 });
    await copyPrivately(path, join(folder, subject, path.slice(path.lastIndexOf('/') + 1)));
  }
}

/** Versions of the releases that serve, by application. */
export function currentReleases(layout: Layout): Record<string, string> {
  const versions = RELEASED_APPS.flatMap((app) => {
    const file = join(layout.current(app), 'release.json');
    if (!existsSync(file)) return [];
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: unknown };
    return [[app, String(version)] as const];
  });
  return Object.fromEntries(versions);
}

function configurationFiles({ configuration }: Layout): string[] {
  if (!existsSync(configuration)) return [];
  const entries = readdirSync(configuration, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => join(configuration, name));
}

function minerState(layout: Layout): string {
  const told = readEnvironmentFile(join(layout.configuration, 'miner.env'))['MINER_STATE_DIR'];
  return told || layout.below('var/lib/aitbc-miner');
}
