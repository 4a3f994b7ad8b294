import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const workspaceRoot = join(__dirname, '../../..');

/** Folders that hold nothing of ours. */
const SKIPPED = new Set(['node_modules', 'dist', 'tmp', 'coverage', 'var', 'fixtures']);

/** Files with one of these endings, from the workspace root; hidden folders and what is built or installed left out. */
export function filesEndingIn(endings: readonly string[], folder = ''): string[] {
  return readdirSync(join(workspaceRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name.startsWith('.') || SKIPPED.has(entry.name) ? [] : filesEndingIn(endings, path);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}

export function readWorkspaceFile(path: string): string {
  return readFileSync(join(workspaceRoot, path), 'utf8');
}
