import { build, type BuildOptions } from 'esbuild';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createRequire } from 'node:module';

const sources = join(__dirname, '../..');
const workspace = join(sources, '../../..');
const buildConfig: BuildOptions = createRequire(__filename)('../../../../../tools/build/esbuild.config.js');

export interface BuiltMiner {
  readonly main: string;
  remove(): Promise<void>;
}

/** Bundles the miner's entry points as the product build does, inside the workspace, where node finds its packages. */
export async function buildMiner(): Promise<BuiltMiner> {
  await mkdir(join(workspace, 'tmp'), { recursive: true });
  const outdir = await mkdtemp(join(workspace, 'tmp', 'miner-spec-'));
  const entryPoints = ['main.ts', 'text-analysis.worker.ts'].map((file) => join(sources, file));
  await build({
    ...buildConfig,
    entryPoints,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    tsconfig: join(workspace, 'tsconfig.base.json'),
  });
  return { main: join(outdir, 'main.js'), remove: () => rm(outdir, { recursive: true }) };
}

export interface MinerProcess {
  readonly child: ChildProcess;
  /** What it has written to standard output and standard error so far. */
  output(): string;
  /** Exit code once it has ended. */
  readonly exited: Promise<number | null>;
}

/** Starts the built miner with just these variables and PATH, in `cwd`. */
export function spawnMiner(main: string, cwd: string, variables: Record<string, string>): MinerProcess {
  const child = spawn(process.execPath, [main], { cwd, env: { PATH: '/usr/bin:/bin', ...variables } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'close').then(([code]) => code as number | null);
  return { child, output: () => output, exited };
}
