import { temporaryFolder, type TemporaryFolder } from '@aitbc/shared-core/testing';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BackupsFolder } from '../backup/backups-folder';
import { type MadeBackup, makeBackup } from '../backup/make-backup';
import { SqliteConnection } from '../backup/sqlite-connection';
import { TerminalProgress } from '../backup/terminal-progress';
import { Layout } from '../layout';
import { restoreBackup, type Restored } from '../restore/restore-backup';
import { makeSampleDatabase } from './sample-database';

/** Has one installation for each test of a file, which is gone after it. */
export function eachInstalled(): () => Installed {
  const samples = temporaryFolder();
  const sample = samples.file('sample.db');
  let installed: Installed;
  beforeAll(() => makeSampleDatabase(`sqlite:${sample}`));
  beforeEach(() => {
    installed = new Installed(sample);
  });
  afterEach(() => installed.folder.remove());
  afterAll(() => samples.remove());
  return () => installed;
}

/** The folders of an installation with a database, for one test. */
class Installed {
  readonly folder: TemporaryFolder = temporaryFolder();
  readonly layout = new Layout(this.folder.path);
  database = join(this.layout.state, 'coordinator.db');
  readonly backups = new BackupsFolder(this.layout.backups);
  readonly progress = new TerminalProgress(process.stderr);

  /** @param sample a database, of which it gets a copy */
  constructor(sample: string) {
    for (const path of [this.layout.state, this.layout.configuration]) mkdirSync(path, { recursive: true });
    copyFileSync(sample, this.database);
  }

  backUp(keep = 14): Promise<MadeBackup> {
    const { layout, backups: folder, progress } = this;
    return makeBackup({ layout, folder, progress, keep, database: { engine: 'sqlite', path: this.database } });
  }

  restore(backup: string, path: string, replace = false): Promise<Restored> {
    const { layout, progress } = this;
    return restoreBackup({ layout, progress, folder: backup, replace, target: { engine: 'sqlite', path } });
  }

  /** Changes the database past everything that guards it, and gives a backup of what it is then. */
  async backUpAfter(...statements: readonly string[]): Promise<MadeBackup> {
    await this.change(...statements);
    return this.backUp();
  }

  async change(...statements: readonly string[]): Promise<void> {
    const connection = await SqliteConnection.openExisting(this.database);
    await connection.execute(statements.join(';'));
    await connection.close();
  }
}
