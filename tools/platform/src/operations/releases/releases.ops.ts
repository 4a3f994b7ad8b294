import { chmodSync, existsSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { loadKeys } from '../../cutover/load-keys';
import { MixedLoad } from '../../load/mixed-load';
import { Tally } from '../../load/tally';
import { DIST } from '../../testing/dist';
import { createWorkflow, execute, finalState, verifiedReceipt } from '../../testing/executions';
import { processesWith } from '../../testing/processes';
import { sqliteRows } from '../../testing/sqlite-rows';
import { Installation } from './installation';
import { makeReleases, nextRelease } from './test-release';

/** Begins with the first upgrade and ends with the rollback. */
let load: MixedLoad;
const tally = new Tally();
const APPS = ['deploy', 'coordinator-api', 'agent-management', 'miner'];
const folder = temporaryFolder();
const shelf = folder.file('releases');
const site = new Installation(folder.file('root'));
const release = (app: string, version: string) => join(shelf, `${app}-${version}`);
const next = (app: string, to: string, edits = {}, isTampered = false) =>
  nextRelease(shelf, app, { from: '1.0.0', to, edits: edits, isTampered });

/** What a developer adds: a column with a default, which the release of before does not know. */
const MIGRATION = `class Notes1900000000000 {
  name = 'Notes1900000000000';
  async up(runner) { await runner.query("ALTER TABLE ai_agent_workflows ADD COLUMN note varchar NOT NULL DEFAULT 'none'"); }
  async down() {}
}
var agentContextMigrations = [
  Notes1900000000000,`;
const withMigration = { 'main.js': (text: string) => text.replace('var agentContextMigrations = [', MIGRATION) };
const withBadMigration = {
  'main.js': (text: string) =>
    withMigration['main.js'](text)
      .replaceAll('Notes19', 'Faulty19')
      .replace('await runner.query("ALTER', 'throw new Error("no"); await runner.query("ALTER'),
};
/** It serves, and is never ready. */
const unready = { 'main.js': (text: string) => text.replace('if (state.phase === "starting")', 'if (true)') };
/** It ends as soon as it begins. */
const crashing = { 'main.js': (text: string) => `if (process.argv[2] !== 'migrate') process.exit(3);\n${text}` };

beforeAll(async () => {
  // Ordinary users must be able to look into it.
  chmodSync(folder.path, 0o755);
  makeReleases(join(DIST, '..'), shelf, '1.0.0');
}, 300_000);
afterAll(async () => {
  await site.stop();
  // Of a supervisor that a failed test has killed.
  for (const pid of processesWith(folder.path)) process.kill(pid, 'SIGKILL');
  await folder.remove();
}, 60_000);

/** What serves: what the link says, and what answers. */
async function serving(app: 'coordinator-api' | 'agent-management') {
  const url = app === 'agent-management' ? site.urls.agents : site.urls.coordinator;
  const health = (await (await fetch(`${url}/health`)).json()) as { version: string };
  return { linked: readlinkSync(site.path('opt/aitbc/current', app)).split('/').at(-1), answers: health.version };
}

const database = (sql: string) => sqliteRows(site.path('var/lib/aitbc/coordinator.db'), sql);

const columns = () => database('PRAGMA table_info(ai_agent_workflows)').map(({ name }) => name);

async function journal(): Promise<string[]> {
  const { changes } = JSON.parse((await site.call('service', 'status', '--json')).output) as {
    changes: { action: string; app: string; to: string; outcome: string }[];
  };
  return changes.map(({ action, app, to, outcome }) => `${action} ${app} ${to} ${outcome}`);
}

describe('the releases of an installation', () => {
  it('are installed with all that they need, by an ordinary user, and run a workflow with a job', async () => {
    await site.supervise(release('deploy', '1.0.0'));
    const first = await site.callFrom(release('deploy', '1.0.0'), 'install', release('deploy', '1.0.0'));
    expect(first).toMatchObject({ code: 0, output: expect.stringContaining('deploy: nothing → 1.0.0') as string });
    await site.choosePorts();
    const output = await site.must('install', ...APPS.slice(1).map((app) => release(app, '1.0.0')));
    for (const app of APPS.slice(1)) expect(output).toContain(`${app} 1.0.0 is ready`);

    const { api_key: key } = await site.admin.post<{ api_key: string }>('/api/v1/admin/api-keys', {
      subject: 'a',
      role: 'client',
    });
    const client = site.admin.withKey(key);
    const config = { service_type: 'text_analysis', parameters: { tasks: ['language'] } };
    const steps = { analysis: { name: 'A', step_type: 'inference', config, input_mappings: { text: 'inputs.text' } } };
    const id = await execute(client, await createWorkflow(client, { name: 'Job', steps }), {
      text: 'A fine day by the river.',
    });
    expect(await finalState(client, id)).toMatchObject({ status: 'completed' });
    await verifiedReceipt(client, id);
    const again = await site.must('install', release('miner', '1.0.0'));
    expect(again).toContain('miner 1.0.0 is ready');
  }, 120_000);

  it('are put under load', async () => {
    const keys = await loadKeys(site.admin, 8);
    load = new MixedLoad({ url: site.urls.coordinator, keys, record: tally, perSecond: 40 });
    await waitFor(() => tally.answered > 50);
  });
});

describe('releases under load', () => {
  it('are upgraded: a backup, the migration, the switch, and the new one is asked', async () => {
    const output = await site.must('upgrade', next('agent-management', '1.1.0', withMigration));
    expect(output).toMatch(
      /A backup is made\nagent-management: 1\.0\.0 → 1\.1\.0\nagent-management 1\.1\.0 is ready\n/,
    );
    expect(await serving('agent-management')).toEqual({ linked: 'agent-management-1.1.0', answers: '1.1.0' });
    expect(columns()).toContain('note');
    expect(readdirSync(site.path('var/backups/aitbc'))).toHaveLength(1);
  }, 120_000);

  it.each([
    ['is never ready', '1.2.0', unready, ['--timeout', '12'], /\/ready answers 503/],
    ['ends at its start', '1.2.1', crashing, [], /ended with 3/],
  ])(
    'return by themselves when the new one %s',
    async (_what, version, edits, options, reason) => {
      const { code, output } = await site.call('upgrade', ...options, next('agent-management', version, edits));
      expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(reason) as string });
      expect(output).toContain('agent-management 1.1.0 is ready');
      expect(await serving('agent-management')).toEqual({ linked: 'agent-management-1.1.0', answers: '1.1.0' });
      expect(readlinkSync(site.path('opt/aitbc/previous/agent-management'))).toBe('../releases/agent-management-1.0.0');
      expect(await journal()).toContain(`upgrade agent-management ${version} returned`);
    },
    120_000,
  );

  it('stay when the new one cannot migrate the database, or is not as it was built', async () => {
    const migrating = await site.call('upgrade', next('agent-management', '1.3.0', withBadMigration));
    expect(migrating).toEqual({ code: 1, output: expect.stringContaining('cannot migrate the database') as string });
    const tampered = await site.call('upgrade', next('agent-management', '1.3.1', crashing, true));
    expect(tampered).toEqual({ code: 1, output: expect.stringContaining('main.js was changed') as string });
    expect(existsSync(site.path('opt/aitbc/releases/agent-management-1.3.1'))).toBe(false);
    expect(await serving('agent-management')).toEqual({ linked: 'agent-management-1.1.0', answers: '1.1.0' });
  }, 120_000);
});

describe('releases still under load', () => {
  it('return all together when one of several does not prove itself', async () => {
    const both = [next('coordinator-api', '1.4.0'), next('agent-management', '1.4.0', crashing)];
    const { code, output } = await site.call('upgrade', ...both);
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining('coordinator-api 1.4.0 is ready') as string,
    });
    expect(await serving('coordinator-api')).toEqual({ linked: 'coordinator-api-1.0.0', answers: '1.0.0' });
    expect(await serving('agent-management')).toEqual({ linked: 'agent-management-1.1.0', answers: '1.1.0' });
  }, 120_000);

  it('are rolled back, and the release of before works on the newer database', async () => {
    const output = await site.must('rollback', 'agent-management');
    expect(output).toContain('agent-management: 1.1.0 → 1.0.0');
    expect(await serving('agent-management')).toEqual({ linked: 'agent-management-1.0.0', answers: '1.0.0' });
    const { api_key: key } = await site.admin.post<{ api_key: string }>('/api/v1/admin/api-keys', {
      subject: 'b',
      role: 'client',
    });
    const client = site.admin.withKey(key);
    const steps = { sum: { name: 'Sum', step_type: 'data_processing', config: { expression: '1 + 1' } } };
    const id = await execute(client, await createWorkflow(client, { name: 'Sum', steps }));
    expect(await finalState(client, id)).toMatchObject({ status: 'completed', final_result: { sum: 2 } });
  }, 120_000);

  it('lose no acknowledged write in all of that, do none twice, and finish each execution once', async () => {
    await load.stop();
    const { lost, doubled, unfinished, writes } = await load.outcome(site.urls.agents);
    expect({ lost, doubled, unfinished }).toEqual({ lost: [], doubled: [], unfinished: [] });
    expect(writes).toBeGreaterThan(100);
  }, 120_000);
});

describe('what serves', () => {
  it('has no more releases on the disk than are kept', async () => {
    const kept = readdirSync(site.path('opt/aitbc/releases')).filter((name) => name.startsWith('agent-management-'));
    expect(kept).toHaveLength(3);
    expect(kept).toEqual(expect.arrayContaining(['agent-management-1.0.0', 'agent-management-1.1.0']));
  });

  it('is started again after a crash, and not when its configuration is bad', async () => {
    const pid = async () => {
      const { services } = JSON.parse((await site.call('service', 'status', '--json')).output) as {
        services: { service: string; state: string; pid?: number; restarts: number; detail?: string }[];
      };
      return services.find(({ service }) => service === 'agent-management');
    };
    const before = (await pid())?.pid ?? 0;
    process.kill(before, 'SIGKILL');
    // RestartSec of its unit is 10.
    const after = await waitFor(async () => ((await pid())?.restarts === 1 ? pid() : undefined), { timeoutMs: 60_000 });
    expect(after?.pid).not.toBe(before);
    await site.ready([site.urls.agents], 30_000);

    site.configure('agent-management.env', 'LEASE_SECONDS=never');
    await site.call('service', 'restart', 'agent-management');
    const failed = await waitFor(async () => ((await pid())?.state === 'failed' ? pid() : undefined), {
      timeoutMs: 30_000,
    });
    expect(failed).toMatchObject({ detail: 'ended with 78' });
    expect(await site.must('service', 'logs', 'agent-management', '--lines', '5')).toContain("LEASE_SECONDS: 'never'");
    site.configure('agent-management.env', 'LEASE_SECONDS=30');
    await site.must('service', 'start', 'agent-management');
    await site.ready([site.urls.agents], 30_000);
  }, 120_000);

  it('is taken over from a supervisor that was killed', async () => {
    await site.killSupervisor();
    expect((await fetch(`${site.urls.agents}/ready`)).status).toBe(200);
    await site.supervise();
    expect(site.lines.join('\n')).toMatch(/agent-management \(process \d+\) was left behind; it is stopped/);
    const ready = async () => (await site.call('service', 'status')).code === 0;
    await waitFor(ready, { timeoutMs: 60_000, everyMs: 200 });
  }, 120_000);

  it('is uninstalled, and leaves the database and the configuration', async () => {
    const output = await site.must('uninstall');
    expect(output).toContain('agent-management 1.0.0 is removed');
    expect(existsSync(site.path('opt/aitbc'))).toBe(false);
    expect(readdirSync(site.path('etc/systemd/system')).filter((name) => name.startsWith('aitbc'))).toEqual([
      'aitbc.target.wants',
    ]);
    await expect(fetch(`${site.urls.agents}/health`)).rejects.toThrow('fetch failed');
    expect(database('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(existsSync(site.path('etc/aitbc/platform.env'))).toBe(true);
  }, 60_000);
});
