import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { builtReleaseNamed } from '../../releases/build-release';
import { DIST } from '../../testing/dist';
import { processesWith } from '../../testing/processes';
import { Installation } from '../releases/installation';
import { makeMonolith, makeReleases, nextRelease } from '../releases/test-release';
import { type Section, sectionsOf } from './page';

const ROOT = join(DIST, '..');
const sections = sectionsOf(readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8'));
const folder = temporaryFolder();
const shelf = folder.file('releases');
const site = new Installation(folder.file('root'));
/** What the page says that its reader knows. */
const variables = { VERSION: '1.0.0', NEXT: '1.1.0', RELEASES: shelf, KEY: '' };

beforeAll(async () => {
  chmodSync(folder.path, 0o755);
  const { dist } = await builtReleaseNamed(ROOT, 'monolith');
  makeReleases(ROOT, shelf, variables.VERSION);
  makeMonolith(ROOT, shelf, { version: variables.VERSION, dist });
  for (const app of ['agent-management', 'deploy'])
    nextRelease(shelf, app, { from: variables.VERSION, to: variables.NEXT });
  await site.supervise(join(shelf, `deploy-${variables.VERSION}`));
}, 600_000);
afterAll(async () => {
  await site.stop();
  // nginx, which the page starts; it hides its environment.
  const pidFile = site.path('var/lib/aitbc/router/nginx.pid');
  if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGTERM');
  for (const pid of processesWith(folder.path)) process.kill(pid, 'SIGKILL');
  await folder.remove();
}, 60_000);

/** What somebody does who reads "Look through those before anything starts". */
async function lookThrough(): Promise<void> {
  await site.choosePorts();
}

/** A reader waits for what was started before going on. */
async function everybodyIsReady(): Promise<void> {
  await site.ready();
  // The miner too, which nobody can ask.
  await waitFor(async () => (await site.call('service', 'status')).code === 0, { timeoutMs: 60_000, everyMs: 500 });
}

/** What comes after a section that failed would fail for its reason, a minute each. */
let isWell = true;

async function typed({ title, blocks }: Section): Promise<void> {
  if (!isWell) throw new Error('a section before this one has failed');
  isWell = false;
  const [first = '', ...others] = blocks;
  const isInstalling = title === 'Install';
  const parts = isInstalling ? [first, others.join('\n')] : [blocks.join('\n')];
  for (const part of parts) {
    const { code, output } = await site.shell(part, variables);
    // The output is in the message of a failure.
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
    if (isInstalling && part === first) await lookThrough();
  }
  await everybodyIsReady();
  isWell = true;
}

describe('the runbook, typed as it stands', () => {
  it('has commands for all that was promised', () => {
    const titles = sections.map(({ title }) => title);
    const wanted = ['Install', 'Cut over', 'Canary', 'Roll back a cut-over', 'Upgrade', 'Restore', 'Rotate keys'];
    expect(titles).toEqual(expect.arrayContaining(wanted));
  });

  it.each(sections.map((section) => [section.title, section] as const))(
    '%s',
    async (_title, section) => {
      if (section.title === 'Canary') variables.KEY = await clientKey();
      await typed(section);
    },
    180_000,
  );
});

async function clientKey(): Promise<string> {
  const { api_key: key } = await site.admin.post<{ api_key: string }>('/api/v1/admin/api-keys', {
    ...{ subject: 'reader', role: 'client' },
  });
  return key;
}
