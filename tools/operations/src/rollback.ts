import { parseArgs } from 'node:util';
import { OperatorError, runProgram, UsageError } from '@aitbc/operator-programs';
import { CHANGE_OPTIONS, CHANGE_USAGE, changeOptions } from './installation/change-options';
import { changeReleases } from './installation/change-releases';
import { changeSite } from './installation/change-site';
import { type InstalledRelease, Releases } from './installation/releases';
import { type Layout, RELEASED_APPS, type ReleasedApp } from './layout';
import { appNamed } from './named';
import { verifyChecksums } from './release/checksums';

const USAGE = `usage: rollback [--root DIR] [--to VERSION] [OPTIONS] APP…
  APP   ${RELEASED_APPS.join(', ')}
  --to  a version that is on the disk; default: the one that served before
The database stays as it is: migrations only add, so that the release of before can use it.
${CHANGE_USAGE}`;

/** `rollback`: the release of before serves again. */
async function main(args: string[]): Promise<number> {
  const options = { ...CHANGE_OPTIONS, to: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const apps = positionals.map(appNamed);
  if (apps.length === 0) throw new UsageError('of which application?');
  await changeSite(values.root, async (site) => {
    const targets = apps.map((app) => target(site.layout, app, values.to));
    for (const { folder } of targets) verifyChecksums(folder);
    await changeReleases(site, targets, changeOptions('rollback', values));
  });
  return 0;
}

function target(layout: Layout, app: ReleasedApp, version: string | undefined): InstalledRelease {
  const releases = new Releases(layout);
  if (version === undefined) {
    const previous = releases.previous(app);
    if (previous) return previous;
    throw new OperatorError(`no release of ${app} served before the one that serves`);
  }
  const found = releases.of(app).find((release) => release.version === version);
  if (found) return found;
  const there = releases.of(app).map((release) => release.version);
  throw new OperatorError(`${app} ${version} is not on the disk; there are: ${there.join(', ') || 'none'}`);
}

runProgram(USAGE, main);
