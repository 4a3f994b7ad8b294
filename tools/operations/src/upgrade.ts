import { parseArgs } from 'node:util';
import { OperatorError, runProgram, UsageError } from '@aitbc/operator-programs';
import { changeReleases, type Site } from './installation/change-releases';
import { CHANGE_OPTIONS, CHANGE_USAGE, changeOptions } from './installation/change-options';
import { changeSite } from './installation/change-site';
import { backUp, migrate } from './installation/release-programs';
import { Releases } from './installation/releases';
import { stage } from './installation/stage';

const USAGE = `usage: upgrade [--root DIR] [--no-backup] [OPTIONS] RELEASE…
  RELEASE  a folder or .tar.gz of npm run release
Verifies the releases, makes a backup, migrates the database, switches each application, and asks it whether it is ready.
When one is not, all return to the release of before: exit code 1.
  --no-backup  goes on without a backup of the database
${CHANGE_USAGE}`;

/** `upgrade`: newer releases of what is installed. */
async function main(args: string[]): Promise<number> {
  const options = { ...CHANGE_OPTIONS, backup: { type: 'boolean', default: true } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, allowNegative: true, options });
  if (positionals.length === 0) throw new UsageError('which release?');
  await changeSite(values.root, (site) => upgrade(site, positionals, values));
  return 0;
}

type Values = Parameters<typeof changeOptions>[1] & { readonly backup: boolean };

async function upgrade(site: Site, artefacts: readonly string[], values: Values): Promise<void> {
  const { layout, say } = site;
  const staged = [];
  for (const artefact of artefacts) {
    const release = await stage(layout, artefact);
    const current = new Releases(layout).current(release.app);
    if (!current) throw new OperatorError(`${release.app} is not installed: install ${artefact}`);
    if (current.folder === release.folder) say(`${release.app} ${release.version} is what serves`);
    else staged.push(release);
  }
  if (staged.length === 0) return;
  if (values.backup && staged.some(({ migrates }) => migrates) && (await backUp(layout))) say('A backup is made');
  for (const release of staged) await migrate(layout, release);
  await changeReleases(site, staged, changeOptions('upgrade', values));
}

runProgram(USAGE, main);
