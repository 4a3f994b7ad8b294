import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { Api } from '../../api';
import { freePort } from '../../free-port';
import { newAdminKey } from '../../keys';
import { DIST } from '../../testing/dist';
import { createWorkflow, execute, finalState, verifiedReceipt } from '../../testing/executions';
import { KINDS_OF_STEPS } from '../kinds-of-steps';
import { makeReleases } from '../releases/test-release';
import { outputOf } from '../units/command';
import { ROOT } from '../units/deployed-files';
import { RESTRICTION_PROBE } from '../units/restriction-probe';
import { composeFile, DOCKER, IMAGES, type ImageName, service } from './compose-file';
import { EmulatedContainer, isHealthy } from './emulated-container';
import { EmulatedImage } from './emulated-image';

const run = promisify(execFile);
const VERSION = '1.0.0';
const ADMIN_KEY = newAdminKey();
const folder = temporaryFolder();
const releases = folder.file('releases');
const images = new Map<ImageName, EmulatedImage>();
const running = new Map<string, EmulatedContainer>();
const ports = { 'coordinator-api': '', 'agent-management': '' };
/** What an operator has in `.env`. */
const variables = { AITBC_VERSION: VERSION, BOOTSTRAP_ADMIN_KEY: ADMIN_KEY };
const compose = composeFile(variables);
let urls: { coordinator: string; agents: string };

function image(name: ImageName): EmulatedImage {
  const found = images.get(name);
  if (!found) throw new Error(`there is no image ${name}`);
  return found;
}

function build(name: ImageName, context = releases): EmulatedImage {
  const dockerfile = readFileSync(join(DOCKER, `${name}.Dockerfile`), 'utf8');
  const place = join(context, '..', 'images', name);
  return EmulatedImage.build(dockerfile, { context, args: { VERSION }, folder: place });
}

/** Their names lead to this machine, at free ports in place of their own. */
function environmentOf(name: string): Record<string, string> {
  const own = Object.entries(service(compose, name).environment ?? {});
  const moved = own.map(([variable, value]) => [
    variable,
    value.replace(
      /^http:\/\/(coordinator-api|agent-management):\d+$/,
      (_, peer: keyof typeof ports) => `http://127.0.0.1:${ports[peer]}`,
    ),
  ]);
  const port = ports[name as keyof typeof ports];
  return { ...(Object.fromEntries(moved) as Record<string, string>), ...(port ? { PORT: port } : {}) };
}

const mounts = {
  state: folder.file('volumes/state'),
  miner: folder.file('volumes/miner'),
  backups: folder.file('volumes/backups'),
  [`../../dist/releases/deploy-${VERSION}`]: join(releases, `deploy-${VERSION}`),
};

function start(name: ImageName, environment: Record<string, string> = {}): EmulatedContainer {
  const options = { mounts, environment: { ...environmentOf(name), ...environment } };
  const container = EmulatedContainer.start(image(name), service(compose, name), options);
  running.set(name, container);
  return container;
}

function started(name: ImageName): EmulatedContainer {
  const found = running.get(name);
  if (!found) throw new Error(`the ${name} was not started`);
  return found;
}

/** What its HEALTHCHECK says; one that has ended fails at once, with its log. */
async function healthy(name: 'coordinator-api' | 'agent-management'): Promise<void> {
  const container = started(name);
  const over = container.ended.then((code) => {
    throw new Error(`${name} ended with ${code}:\n${container.logs()}`);
  });
  const well = waitFor(() => isHealthy(image(name), environmentOf(name)), { timeoutMs: 60_000, everyMs: 200 });
  await Promise.race([well, over]);
}

/** The command of docs/containers.md that gets a miner its key, at this platform. */
async function minerKey(): Promise<string> {
  const page = readFileSync(join(ROOT, 'docs/containers.md'), 'utf8');
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  const command = blocks.find((block) => block.includes('/admin/api-keys'));
  if (!command) throw new Error('docs/containers.md does not say how a miner gets its key');
  const env = { PATH: '/usr/bin:/bin', BOOTSTRAP_ADMIN_KEY: ADMIN_KEY };
  const here = command.replaceAll('http://127.0.0.1:8011', urls.coordinator);
  const { stdout } = await run('bash', ['-euc', here], { env, cwd: folder.path });
  return (JSON.parse(stdout) as { api_key: string }).api_key;
}

/** `docker compose run --rm --entrypoint …/restore backup latest …`. */
function restore(...options: string[]) {
  const entrypoint = ['/opt/aitbc/current/deploy/bin/restore', 'latest', ...options];
  return EmulatedContainer.run(image('coordinator-api'), { ...service(compose, 'backup'), entrypoint }, { mounts });
}

beforeAll(async () => {
  // The users of the containers look into it.
  chmodSync(folder.path, 0o755);
  makeReleases(join(DIST, '..'), releases, VERSION);
  ports['coordinator-api'] = String(await freePort());
  ports['agent-management'] = String(await freePort());
  // Of the loopback addresses not the usual one: who listens at that alone is reached from nowhere else.
  urls = {
    coordinator: `http://127.0.0.2:${ports['coordinator-api']}`,
    agents: `http://127.0.0.2:${ports['agent-management']}`,
  };
}, 300_000);

afterAll(async () => {
  for (const container of running.values()) container.kill();
  await Promise.all([...running.values()].map(({ ended }) => ended));
  await folder.remove();
}, 60_000);

describe('an image', () => {
  it.each(IMAGES)('of the %s has its release and a place for its state, and nothing else', (name) => {
    images.set(name, build(name));
    const state = name === 'miner' ? ['var/lib/aitbc-miner'] : ['var/lib/aitbc'];
    const backups = name === 'coordinator-api' ? ['var/backups/aitbc'] : [];
    expect(image(name).added()).toEqual([`opt/aitbc/current/${name}`, ...backups, ...state]);
    expect(image(name).config.labels).toMatchObject({ 'org.opencontainers.image.version': VERSION });
  });

  it.each(IMAGES)('of the %s has the packages that it needs at run time, none that builds or tests', async (name) => {
    const root = join(image(name).root, 'opt/aitbc/current', name);
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean }>;
    };
    const found = packagesIn(root);
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter((path) => !packages[path] || packages[path].dev)).toEqual([]);
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object };
    const absent = Object.keys(dependencies).filter((each) => !found.includes(`node_modules/${each}`));
    expect(absent).toEqual([]);
  });

  it('asks of its base for the C and C++ libraries alone, and for none newer than those of Debian 12', async () => {
    const root = join(image('coordinator-api').root, 'opt/aitbc/current/coordinator-api');
    const addons = readdirSync(join(root, 'node_modules'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.node'))
      .map((path) => join(root, 'node_modules', path));
    const asked = await Promise.all([join(root, 'bin/node'), ...addons].map((file) => outputOf('objdump', '-p', file)));
    expect(addons.length).toBeGreaterThan(0);
    const text = asked.join('\n');
    const libraries = [...text.matchAll(/^ +NEEDED +(\S+)$/gm)].map(([, library = '']) => library);
    const ofBase = /^(?:lib(?:c|dl|m|pthread|rt)\.so\.\d|lib(?:stdc\+\+|gcc_s)\.so\.\d|ld-linux-[\w-]+\.so\.\d)$/;
    expect(libraries.filter((library) => !ofBase.test(library))).toEqual([]);
    const newest = (symbol: string) =>
      Math.max(...[...text.matchAll(new RegExp(`\\b${symbol}(\\d+)\\b`, 'g'))].map(([, minor]) => Number(minor)));
    expect(newest('GLIBC_2\\.')).toBeLessThanOrEqual(36);
    expect(newest('GLIBCXX_3\\.4\\.')).toBeLessThanOrEqual(30);
  });

  it.each([
    ['that is whole, as far as it can be judged without its Node', () => undefined, 'bin/node --version'],
    ['with a changed file', (release: string) => writeFileSync(join(release, 'main.js'), 'other'), 'sha256sum'],
    ['without one of its files', (release: string) => rmSync(join(release, 'main.js')), 'sha256sum'],
    ['with one more file', (release: string) => writeFileSync(join(release, 'more.js'), ''), 'test "$(find'],
  ])('of a release %s is made up to the check that fails', (_what, change, check) => {
    const place = temporaryFolder();
    const release = place.file(`releases/miner-${VERSION}`);
    mkdirSync(release, { recursive: true });
    writeFileSync(join(release, 'main.js'), 'one');
    const sum = createHash('sha256').update('one').digest('hex');
    writeFileSync(join(release, 'SHA256SUMS'), `${sum}  main.js\n`);
    change(release);
    expect(() => build('miner', place.file('releases'))).toThrow(`/bin/sh -c ${check}`);
    return place.remove();
  });
});

describe('containers of these images', () => {
  it('are not well before they run', async () => {
    expect(await isHealthy(image('coordinator-api'), environmentOf('coordinator-api'))).toBe(false);
  });

  it('start at once on an empty volume, and are well soon', async () => {
    start('agent-management');
    start('coordinator-api');
    await Promise.all([healthy('agent-management'), healthy('coordinator-api')]);
    const health = (await (await fetch(`${urls.agents}/health`)).json()) as { version: string };
    expect(health.version).toBe(VERSION);
    expect(statSync(mounts.state).mode & 0o777).toBe(0o700);
  });

  it('run a workflow with a job, by a miner with the key that the page tells how to get', async () => {
    start('miner', { MINER_KEY: await minerKey() });
    const admin = new Api(urls, ADMIN_KEY);
    const { api_key: key } = await admin.post<{ api_key: string }>('/api/v1/admin/api-keys', {
      subject: 'reader',
      role: 'client',
    });
    const client = admin.withKey(key);
    const id = await execute(client, await createWorkflow(client, { name: 'All', steps: KINDS_OF_STEPS }), { n: 20 });
    expect(await finalState(client, id)).toMatchObject({
      status: 'completed',
      final_result: { code: 40, expression: 21 },
    });
    await verifiedReceipt(client, id);
    expect(existsSync(join(mounts.miner, 'miner-key.json'))).toBe(true);
  });

  it('are backed up while they run, by the operators’ programs of the same release', async () => {
    const found = await EmulatedContainer.run(image('coordinator-api'), service(compose, 'backup'), { mounts });
    expect(found).toEqual({ code: '0', output: expect.stringContaining('1 agent executions') as string });
    expect(await restore('--check-only')).toMatchObject({ code: '0' });
    expect(await restore('--replace')).toEqual({
      code: '1',
      output: expect.stringContaining('stop the services') as string,
    });
  });

  it('end by themselves when they are stopped, and begin again on what a backup has put back', async () => {
    const stopped = IMAGES.map((name) => started(name).stop(image(name).config.stopSignal));
    expect(await Promise.all(stopped)).toEqual(['0', '0', '0']);
    expect(await restore('--replace')).toMatchObject({ code: '0' });
    start('agent-management');
    await healthy('agent-management');
    const admin = new Api(urls, ADMIN_KEY);
    expect(await admin.get('/api/v1/agent/executions')).toMatchObject({ items: [{ status: 'completed' }] });
  });
});

describe('a container', () => {
  it.each(IMAGES)('of the %s can change nothing but its volume and what is temporary', async (name) => {
    const { workdir, user, entrypoint } = image(name).config;
    const closed = ['/', `/opt/aitbc/current/${name}`, '/etc', '/var/lib', '/run'];
    const command = [entrypoint[0] ?? '', '--eval', RESTRICTION_PROBE, '--', workdir, ...closed];
    const { code, output } = await EmulatedContainer.run(image(name), service(compose, name), { mounts, command });
    expect({ code, found: JSON.parse(output) as unknown }).toMatchObject({
      code: '0',
      found: {
        user: Number(user.split(':')[0]),
        capabilities: ['0000000000000000', '0000000000000000'],
        own: 'done',
        readOnly: closed.map(() => 'EROFS'),
        temporary: [[], 'done'],
      },
    });
  });

  it('ends with the exit code of a bad configuration, and says what is wrong', async () => {
    const bad = { mounts, environment: { MINER_KEY: '' } };
    const ended = await EmulatedContainer.run(image('miner'), service(compose, 'miner'), bad);
    expect(ended).toEqual({ code: '78', output: expect.stringContaining('MINER_KEY') as string });
  });
});

/** Where Node would find them: `node_modules/a/node_modules/b`. */
function packagesIn(release: string): string[] {
  const files = readdirSync(release, { recursive: true, encoding: 'utf8' });
  return files.flatMap(
    (path) => /^(node_modules\/(?:.+\/node_modules\/)?(?:@[^/]+\/)?[^/@]+)\/package\.json$/.exec(path)?.[1] ?? [],
  );
}
