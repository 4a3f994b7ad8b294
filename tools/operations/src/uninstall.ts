import { existsSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OperatorError, runProgram } from '@aitbc/operator-programs';
import type { Site } from './installation/change-releases';
import { changeSite } from './installation/change-site';
import { removeSystemFiles } from './installation/files';
import { noteInJournal } from './installation/journal';
import { Releases } from './installation/releases';
import { Layout, RELEASED_APPS, SERVICES } from './layout';

const USAGE = `usage: uninstall [--root DIR] [--purge]
Stops the services and removes releases and units. Configuration, database, backups and logs stay.
  --purge  removes those too, backups excepted`;

/** `uninstall`: the machine without the platform. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { root: { type: 'string' }, purge: { type: 'boolean', default: false } },
  });
  const { releases, root } = new Layout(values.root);
  if (!existsSync(releases)) throw new OperatorError(`nothing is installed below ${root}`);
  await changeSite(root, (site) => uninstall(site, values.purge));
  return 0;
}

async function uninstall({ layout, manager, say }: Site, purge: boolean): Promise<void> {
  const isRunning = await manager.isRunning();
  const installed = new Releases(layout);
  // Who asks goes before whoever is asked.
  for (const service of SERVICES.toReversed()) {
    if (!installed.current(service)) continue;
    if (isRunning) await manager.stop(service);
    await manager.disable(service);
  }
  const current = RELEASED_APPS.map((app) => ({ app, release: installed.current(app) }));
  for (const { app, release } of current) {
    if (!release) continue;
    if (app === 'deploy') removeSystemFiles(layout, release.folder);
    noteInJournal(layout, { action: 'uninstall', app, from: release.version, to: undefined, outcome: 'done' });
    say(`${app} ${release.version} is removed`);
  }
  if (isRunning) await manager.reload();
  // This very program is among them: it is in memory.
  rmSync(layout.below('opt/aitbc'), { recursive: true, force: true });
  const data = [layout.configuration, layout.state, layout.below('var/lib/aitbc-miner')];
  const purged = purge ? [...data, layout.below('var/log/aitbc')] : [];
  for (const path of purged) rmSync(path, { recursive: true, force: true });
  const left = [...data, layout.backups].filter((path) => existsSync(path));
  say(`Left: ${left.join(', ') || 'nothing'}`);
}

runProgram(USAGE, main);
