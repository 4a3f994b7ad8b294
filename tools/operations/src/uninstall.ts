import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exclusively, OperatorError, runProgram } from '@aitbc/operator-programs';
import { removeSystemFiles } from './installation/files';
import { noteInJournal } from './installation/journal';
import { Releases } from './installation/releases';
import { Layout, RELEASED_APPS, SERVICES } from './layout';
import { serviceManager } from './services/manager-of';

const USAGE = `usage: uninstall [--root DIR] [--purge]
Stops the services and removes releases and units. Configuration, database, backups and logs stay.
  --purge  removes those too, backups excepted`;

/** `uninstall`: the machine without the platform. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { root: { type: 'string' }, purge: { type: 'boolean', default: false } },
  });
  const layout = new Layout(values.root);
  if (!existsSync(layout.releases)) throw new OperatorError(`nothing is installed below ${layout.root}`);
  await exclusively(join(layout.runtime, 'releases.lock'), () => uninstall(layout, values.purge));
  return 0;
}

async function uninstall(layout: Layout, purge: boolean): Promise<void> {
  const manager = serviceManager(layout);
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
    process.stdout.write(`${app} ${release.version} is removed\n`);
  }
  if (isRunning) await manager.reload();
  // This very program is among them: it is in memory.
  rmSync(layout.below('opt/aitbc'), { recursive: true, force: true });
  const kept = purge ? [] : [layout.configuration, layout.state, layout.below('var/lib/aitbc-miner')];
  if (purge) {
    for (const path of ['etc/aitbc', 'var/lib/aitbc', 'var/lib/aitbc-miner', 'var/log/aitbc']) {
      rmSync(layout.below(path), { recursive: true, force: true });
    }
  }
  process.stdout.write(
    `Left: ${[...kept, layout.backups].filter((path) => existsSync(path)).join(', ') || 'nothing'}\n`,
  );
}

runProgram(USAGE, main);
