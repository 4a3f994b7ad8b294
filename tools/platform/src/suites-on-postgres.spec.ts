import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startPostgres, type TestPostgres } from '@aitbc/shared-core/testing';
import { inheritedEnvironment } from './environment';
import { type SuiteTarget, targetOf } from './suites/suite-target';
import { DIST } from './testing/dist';
import { TestBed } from './testing/test-bed';

const ROOT = join(DIST, '..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

/** Runs an end-to-end suite against services that are there; gives its exit code and what it wrote. */
async function run(suite: string, target: SuiteTarget): Promise<{ code: string; output: string }> {
  const child = spawn(process.execPath, [JEST, '-c', `apps/${suite}/jest.config.js`], {
    cwd: ROOT,
    env: { ...inheritedEnvironment(), ...targetOf(suite, target) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  const [code, signal] = await once(child, 'close');
  return { code: String(code ?? signal), output };
}

/** By default the suites start services on SQLite; here they meet some on PostgreSQL, as at any other URLs. */
describe('on PostgreSQL', () => {
  const bed = new TestBed();
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(async () => {
    await bed.close();
    await postgres.stop();
  });

  it.each(['agent-context-e2e', 'coordinator-e2e'])(
    'the services pass %s',
    async (suite) => {
      const DATABASE_URL = await postgres.createDatabase();
      const variables = { DATABASE_URL, JOB_LEASE_SECONDS: '6', RATE_LIMIT_PER_SECOND: '100' };
      const { coordinator, agents } = await bed.platform(variables);
      const target = { coordinator: coordinator.url, agents: agents.url, adminKey: bed.adminKey };
      const { code, output } = await run(suite, target);
      await agents.process.stop();
      await coordinator.process.stop();
      // The output is in the message of a failure.
      expect({ code, output: code === '0' ? '' : output }).toEqual({ code: '0', output: '' });
    },
    300_000,
  );
});
