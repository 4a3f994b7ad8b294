import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const bundled = new Map<string, string>();

/**
 * Bundles one TypeScript entry into the workspace's cache folder and gives the path of the result. Only sources take
 * this way: a built app has no `.ts` file and no esbuild. It runs esbuild as a program, so that nothing here imports
 * a development dependency. No decorator metadata is emitted: an entry must not define entities or DTOs of its own.
 */
export function bundleSourceEntry(source: string): string {
  const known = bundled.get(source);
  if (known !== undefined) return known;
  const root = workspaceRoot(dirname(source));
  const folder = join(root, 'node_modules', '.cache', 'aitbc-child-entries');
  mkdirSync(folder, { recursive: true });
  const key = createHash('sha256').update(source).digest('hex').slice(0, 12);
  const output = join(folder, `${basename(source, '.ts')}-${key}.js`);
  // Another test process may start the same file just now: it must find the old bundle or the new one, never half.
  const draft = `${output}.${randomUUID()}.js`;
  execFileSync(join(root, 'node_modules', '.bin', 'esbuild'), [
    source,
    '--bundle',
    '--platform=node',
    '--format=cjs',
    '--packages=external',
    '--keep-names',
    '--sourcemap=inline',
    '--log-level=error',
    `--tsconfig=${join(root, 'tsconfig.base.json')}`,
    `--outfile=${draft}`,
  ]);
  renameSync(draft, output);
  bundled.set(source, output);
  return output;
}

/** The folder that holds `tsconfig.base.json`, upwards from `folder`. */
function workspaceRoot(folder: string): string {
  if (existsSync(join(folder, 'tsconfig.base.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('no tsconfig.base.json above the entry: child entries run from sources only inside the workspace');
  return workspaceRoot(parent);
}
