import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OperatorError } from '@aitbc/operator-programs';
import { databaseOf } from '../backup/address';
import { inheritedEnvironment } from '../environment';
import type { Layout } from '../layout';
import { environmentOf, readUnit } from '../services/unit-file';
import type { InstalledRelease } from './releases';

const run = promisify(execFile);

/** What root runs for the services must leave files that they may open. */
function asServiceUser(layout: Layout, command: readonly string[]): readonly string[] {
  return layout.isSystem && process.getuid?.() === 0 ? ['runuser', '-u', 'aitbc', '--', ...command] : command;
}

/**
 * Brings the database up to date with the release that is to serve, while that of before still does.
 * @throws OperatorError when it cannot: nothing was switched then
 */
export async function migrate(layout: Layout, release: InstalledRelease): Promise<void> {
  if (!release.migrates || release.app === 'deploy') return;
  const unit = readUnit(layout, release.app);
  const [program = '', ...args] = asServiceUser(layout, [
    join(release.folder, 'bin', 'node'),
    join(release.folder, 'main.js'),
    'migrate',
  ]);
  const cwd = layout.below(unit.workingDirectory ?? '/');
  mkdirSync(cwd, { recursive: true });
  const env = { ...inheritedEnvironment(), ...environmentOf(layout, unit) };
  try {
    await run(program, args, { cwd, env });
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    throw new OperatorError(`${release.app} ${release.version} cannot migrate the database:\n${stderr}${stdout}`, {
      cause,
    });
  }
}

/**
 * A backup of the database by `backup`, when there is one yet.
 * @returns whether there was
 * @throws OperatorError when it fails
 */
export async function backUp(layout: Layout): Promise<boolean> {
  const database = databaseOf(layout);
  if (database.engine === 'sqlite' && !existsSync(database.path)) return false;
  const [program = '', ...args] = asServiceUser(layout, [
    process.execPath,
    join(__dirname, 'backup.js'),
    '--root',
    layout.root,
  ]);
  try {
    await run(program, args, { env: inheritedEnvironment() });
    return true;
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string };
    throw new OperatorError(
      `no backup was made, so nothing is changed (--no-backup goes on without one): ${stderr.trim()}`,
      { cause },
    );
  }
}
