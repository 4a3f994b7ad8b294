import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { parseArgs, promisify } from 'node:util';
import { OperatorError, runProgram, UsageError } from '@aitbc/operator-programs';
import { CHANGE_OPTIONS, CHANGE_USAGE, changeOptions } from './installation/change-options';
import { changeReleases, type ChangeOptions, type Site } from './installation/change-releases';
import { changeSite } from './installation/change-site';
import { makeEnvironmentFiles, makeFolders } from './installation/files';
import { ensureMinerKey } from './installation/miner-key';
import { migrate } from './installation/release-programs';
import { type InstalledRelease, Releases } from './installation/releases';
import { stage } from './installation/stage';
import { type Layout, SERVICES, type ServiceName } from './layout';
import { troubleOf } from './services/health';

const run = promisify(execFile);

const USAGE = `usage: install [--root DIR] [OPTIONS] RELEASE…
  RELEASE  a folder or .tar.gz of npm run release; that of 'deploy' must be there or among them
Puts releases on a machine, makes what they need (folders, users, units, environment files with a first admin key, the
miner's key), migrates the database and starts the services. What is there stays: it can be called again.
${CHANGE_USAGE}`;

/** `install`: applications on a machine that does not have them yet. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: CHANGE_OPTIONS });
  if (positionals.length === 0) throw new UsageError('which release?');
  await changeSite(values.root, async (site) => {
    makeFolders(site.layout);
    const added = await addReleases(site, positionals, changeOptions('install', values));
    await startServices(site, added, changeOptions('install', values));
  });
  return 0;
}

/** @returns the services among them */
async function addReleases(
  site: Site,
  artefacts: readonly string[],
  options: ChangeOptions,
): Promise<InstalledRelease[]> {
  const { layout, say } = site;
  const installed = new Releases(layout);
  const staged = [];
  for (const artefact of artefacts) {
    const release = await stage(layout, artefact);
    const current = installed.current(release.app);
    if (current && current.folder !== release.folder) {
      throw new OperatorError(`${release.app} ${current.version} is installed: upgrade ${artefact}`);
    }
    staged.push(release);
  }
  const deploy = staged.find(({ app }) => app === 'deploy') ?? installed.current('deploy');
  if (!deploy) throw new OperatorError("the release of 'deploy' must be among them: it has the units");
  await changeReleases(
    site,
    staged.filter(({ app }) => app === 'deploy'),
    options,
  );
  if (layout.isSystem) await makeUsers(layout);
  for (const path of makeEnvironmentFiles(layout, deploy.folder)) say(`${path} is made: look through it`);
  const services = staged.filter(({ app }) => app !== 'deploy');
  for (const release of services) await migrate(layout, release);
  const added = services.filter(({ app }) => !installed.current(app));
  await changeReleases(site, added, options);
  return services;
}

/** By the files that the `deploy` release has put into `/etc`. */
async function makeUsers(layout: Layout): Promise<void> {
  for (const command of ['systemd-sysusers', 'systemd-tmpfiles --create']) {
    const [program = '', ...args] = command.split(' ');
    const folder = program === 'systemd-sysusers' ? 'etc/sysusers.d' : 'etc/tmpfiles.d';
    await run(program, [...args, layout.below(folder, 'aitbc.conf')]);
  }
  mkdirSync(layout.backups, { recursive: true });
}

async function startServices(site: Site, releases: readonly InstalledRelease[], options: ChangeOptions): Promise<void> {
  const { manager, say } = site;
  const isRunning = await manager.isRunning();
  for (const service of SERVICES) {
    const release = releases.find(({ app }) => app === service);
    if (!release) continue;
    await manager.enable(service);
    if (isRunning) await startService(site, service, release, options);
  }
  if (!isRunning) say(`Nothing runs the services yet: ${manager.advice}, then call install again`);
}

async function startService(
  site: Site,
  service: ServiceName,
  { healthVersion, version }: InstalledRelease,
  { timeoutMs, settleMs }: ChangeOptions,
): Promise<void> {
  const { layout, manager, say } = site;
  if (service === 'miner' && !(await ensureMinerKey(layout))) {
    say('miner: the coordinator does not answer, which makes its key; call install again when it does');
    return;
  }
  await manager.start(service);
  const trouble = await troubleOf(site, service, { version: healthVersion, timeoutMs, settleMs });
  if (trouble) throw new OperatorError(`${service} ${version}: ${trouble}. The log: service logs ${service}`);
  say(`${service} ${version} is ready`);
}

runProgram(USAGE, main);
