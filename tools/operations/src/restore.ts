import { runProgram, UsageError } from '@aitbc/operator-programs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { databaseOf, type DatabaseAddress, namedDatabase } from './backup/address';
import { BackupsFolder } from './backup/backups-folder';
import { operatorErrorOf } from './backup/failures';
import { TerminalProgress } from './backup/terminal-progress';
import { Layout } from './layout';
import { checksTable } from './restore/checks';
import { checkBackup, restoreBackup, type Restored } from './restore/restore-backup';

const USAGE = `usage: restore [--root DIR] BACKUP [--database URL | --into FILE] [--replace] [--check-only] [--json]
  BACKUP        a folder, its name in /var/backups/aitbc, or 'latest'
  --database    to restore into; default: that of the services (DATABASE_URL of /etc/aitbc/platform.env).
                PostgreSQL: an empty one
  --into        the same as --database sqlite:FILE
  --replace     a SQLite file that is there is kept as <file>.before-<time>
  --check-only  verifies the backup and restores nothing
The services that use the database must be stopped. Exit code 1 when anything is not as it was backed up.`;

/** `restore`: a database out of a backup, which counts when it was verified. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      root: { type: 'string' },
      database: { type: 'string' },
      into: { type: 'string' },
      replace: { type: 'boolean', default: false },
      'check-only': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [named, ...others] = positionals;
  if (named === undefined || others.length > 0) throw new UsageError('name one backup');
  if (values.database !== undefined && values.into !== undefined)
    throw new UsageError('--database or --into, not both');
  const layout = new Layout(values.root);
  const folder = new BackupsFolder(layout.backups).find(named);
  const progress = new TerminalProgress(process.stderr);
  try {
    const backup = { layout, folder, progress };
    const restored = values['check-only']
      ? await checkBackup(backup)
      : await restoreBackup({ ...backup, target: targetOf(layout, values), replace: values.replace });
    progress.end();
    process.stdout.write(values.json ? `${JSON.stringify(restored, null, 2)}\n` : text(restored));
    return restored.ok ? 0 : 1;
  } catch (error) {
    progress.end();
    throw operatorErrorOf(error, 'no restored database was put in its place');
  }
}

function targetOf(layout: Layout, { database, into }: { database?: string; into?: string }): DatabaseAddress {
  if (into !== undefined) return { engine: 'sqlite', path: resolve(into) };
  return database === undefined ? databaseOf(layout) : namedDatabase(database);
}

function text({ backup, checks, outcome }: Restored): string {
  return `${backup}\n${checksTable(checks)}${outcome.join('\n')}\n`;
}

runProgram(USAGE, main);
