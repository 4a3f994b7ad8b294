import { execFileSync } from 'node:child_process';
import type { Release } from '../releases/release';

/** The suite that judges agents, whoever serves them. Routes that the release does not have get a suite of their own. */
export const PARITY_SUITE = 'agent-context-e2e';
const FOLDER = `apps/${PARITY_SUITE}/src`;

/**
 * Files of the parity suite that are not as they were in the release: none may be.
 * @param root of the workspace, which must have the release's commit in its history
 */
export function changedSuiteFiles(root: string, { commit }: Release): string[] {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  const changed = git('diff', '--name-only', commit, '--', FOLDER);
  const added = git('ls-files', '--others', '--exclude-standard', '--', FOLDER);
  return [...changed, ...added];
}
