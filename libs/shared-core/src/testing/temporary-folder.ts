import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  readonly path: string;
  /** A path inside the folder; makes nothing. */
  file(name: string): string;
  /** Removes the folder with all that is in it. */
  remove(): Promise<void>;
}

/** A new empty folder for one test file; remove it in `afterAll`. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'aitbc-test-'));
  return {
    path,
    file: (name) => join(path, name),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
