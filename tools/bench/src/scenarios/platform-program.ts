import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a measuring program of tools/platform has printed: it can start what the bench itself cannot. */
export async function measuredByPlatform<Key extends string>(
  dist: string,
  name: string,
  ...args: readonly string[]
): Promise<Record<Key, number>> {
  const { stdout } = await run(process.execPath, [join(dist, 'tools', 'platform', `${name}.js`), ...args]);
  return JSON.parse(stdout) as Record<Key, number>;
}
