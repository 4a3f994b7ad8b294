import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSourceEntry } from './source-entry';

/**
 * The file to start as a child process (`fork`, `spawn(process.execPath, [file])`) or as a worker thread.
 *
 * A child's file has two homes. In a built app it is an additional entry point of the bundle, `<name>.js` beside
 * `main.js`; in the sources it is `<name>.ts` beside the file that starts it. The caller passes its own `__dirname`,
 * which is right in both cases:
 *
 * ```ts
 * fork(childEntry(__dirname, 'expression-child'), { execArgv: ['--max-old-space-size=64'] });
 * ```
 *
 * From the sources (tests, benchmarks) the TypeScript is bundled once into `node_modules/.cache`, so that each child
 * starts as fast as in production, with the aliases of `tsconfig.base.json` resolved.
 *
 * @throws Error when neither file exists: the build forgot the entry point.
 */
export function childEntry(directory: string, name: string): string {
  const built = join(directory, `${name}.js`);
  if (existsSync(built)) return built;
  const source = join(directory, `${name}.ts`);
  if (existsSync(source)) return bundleSourceEntry(source);
  throw new Error(`no child entry '${name}': neither ${built} nor ${source} exists`);
}
