import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChildApp, type ServiceName } from './child-app';
import { callersVariables, inheritedEnvironment } from './environment';
import { freePort } from './free-port';
import { newAdminKey } from './keys';
import { type SuiteTarget, targetOf } from './suite-target';

/** This file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

/**
 * `node suite.js SUITE [ARGS]`: runs an end-to-end suite, with Jest's arguments, against services of its own, or against
 * those that BASE_URL, COORDINATOR_URL and ADMIN_KEY name; gives the exit code.
 */
async function main([suite, ...args]: string[]): Promise<number> {
  if (suite === undefined) throw new Error('usage: suite.js SUITE [arguments of Jest]');
  const given = callersVariables(['BASE_URL', 'COORDINATOR_URL', 'ADMIN_KEY']);
  if (given['BASE_URL'] && given['ADMIN_KEY']) return judge(suite, args, given);
  return againstOwnServices((target) => judge(suite, args, targetOf(suite, target)));
}

async function againstOwnServices(run: (target: SuiteTarget) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-suite-'));
  const adminKey = newAdminKey();
  const started: ChildApp[] = [];
  const start = async (app: ServiceName, variables: Record<string, string>): Promise<string> => {
    const service = new ChildApp({
      app,
      dist: join(ROOT, 'dist'),
      cwd: folder,
      onLine: (line, stream) => void (stream === 'stderr' && process.stderr.write(`${line}\n`)),
      environment: {
        ...inheritedEnvironment(),
        DATABASE_URL: `sqlite:${join(folder, 'coordinator.db')}`,
        BOOTSTRAP_ADMIN_KEY: adminKey,
        LOG_FORMAT: 'json',
        ...variables,
      },
    });
    started.push(service);
    return service.listening();
  };
  try {
    const port = String(await freePort());
    const coordinator = await start('coordinator-api', {
      PORT: '0',
      AGENT_MANAGEMENT_URL: `http://127.0.0.1:${port}`,
      // Long enough for a busy machine, short enough for the tests that wait until a lease is over.
      JOB_LEASE_SECONDS: '6',
    });
    const agents = await start('agent-management', { PORT: port, COORDINATOR_URL: coordinator });
    return await run({ coordinator, agents, adminKey });
  } finally {
    for (const service of started.toReversed()) await service.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function judge(suite: string, args: string[], variables: Record<string, string>): Promise<number> {
  const jest = spawn(process.execPath, [JEST, '-c', join('apps', suite, 'jest.config.js'), ...args], {
    cwd: ROOT,
    env: { ...inheritedEnvironment(), ...variables },
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
