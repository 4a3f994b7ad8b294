import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildApp } from './child-app';
import { inheritedEnvironment } from './environment';
import { newAdminKey } from './keys';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

/** Where a suite finds the service that it judges. */
type Target = Readonly<Record<'BASE_URL' | 'ADMIN_KEY', string>>;

/** `node suite.js SUITE [ARGS]`: runs an end-to-end suite, with Jest's arguments, against a service of its own; gives the exit code. */
async function main([suite, ...args]: string[]): Promise<number> {
  if (suite === undefined) throw new Error('usage: suite.js SUITE [arguments of Jest]');
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-suite-'));
  const adminKey = newAdminKey();
  const service = new ChildApp({
    app: 'coordinator-api',
    dist: join(ROOT, 'dist'),
    cwd: folder,
    onLine: (line, stream) => void (stream === 'stderr' && process.stderr.write(`${line}\n`)),
    environment: {
      ...inheritedEnvironment(),
      PORT: '0',
      DATABASE_URL: `sqlite:${join(folder, 'coordinator.db')}`,
      BOOTSTRAP_ADMIN_KEY: adminKey,
      // Long enough for a busy machine, short enough for the tests that wait until a lease is over.
      JOB_LEASE_SECONDS: '6',
      LOG_FORMAT: 'json',
    },
  });
  try {
    const BASE_URL = await service.expectLog(({ event, url }) => (event === 'listening' ? String(url) : undefined));
    return await judge(suite, args, { BASE_URL, ADMIN_KEY: adminKey });
  } finally {
    await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judge(suite: string, args: string[], target: Target): Promise<number> {
  const jest = spawn(process.execPath, [JEST, '-c', join('apps', suite, 'jest.config.js'), ...args], {
    cwd: ROOT,
    env: { ...inheritedEnvironment(), ...target },
    stdio: 'inherit',
  });
  const [code] = (await once(jest, 'close')) as [number | null];
  return code ?? 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
