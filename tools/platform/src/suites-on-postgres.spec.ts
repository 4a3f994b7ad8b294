import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fullTests, startPostgres, type TestPostgres } from '@aitbc/shared-core/testing';
import { inheritedEnvironment } from './environment';
import { DIST } from './testing/dist';
import { TestBed } from './testing/test-bed';

const ROOT = join(DIST, '..');
const JEST = join(ROOT, 'node_modules/jest/bin/jest.js');

/** Runs an end-to-end suite against a service that is there; gives its exit code and what it wrote. */
async function run(suite: string, baseUrl: string, adminKey: string): Promise<{ code: string; output: string }> {
  const child = spawn(process.execPath, [JEST, '-c', `apps/${suite}/jest.config.js`], {
    cwd: ROOT,
    env: { ...inheritedEnvironment(), BASE_URL: baseUrl, ADMIN_KEY: adminKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (output += part.toString()));
  const [code, signal] = await once(child, 'close');
  return { code: String(code ?? signal), output };
}

/** By default the suites start a coordinator on SQLite; here they meet one on PostgreSQL, as any other URL. */
(fullTests ? describe : describe.skip)('on PostgreSQL', () => {
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
    'a coordinator passes %s',
    async (suite) => {
      const DATABASE_URL = await postgres.createDatabase();
      const variables = { DATABASE_URL, JOB_LEASE_SECONDS: '6', RATE_LIMIT_PER_SECOND: '100' };
      const coordinator = await bed.coordinator(variables);
      const { code, output } = await run(suite, coordinator.url, bed.adminKey);
      await coordinator.process.stop();
      // The output is in the message of a failure.
      expect({ code, output: code === '0' ? '' : output }).toEqual({ code: '0', output: '' });
    },
    300_000,
  );
});
