import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A text, and the file (from the workspace root) in whose place it is linted. */
export interface Fixture {
  readonly at: string;
  readonly text: string;
  /** There need be no such file: no rule that needs types is asked, and relative imports need not lead to a file. */
  readonly imagined?: boolean;
}

export interface Finding {
  /** `null` when the text cannot be parsed. */
  readonly ruleId: string | null;
  readonly messageId?: string;
  readonly message: string;
}

/** What ESLint finds in each text, with the workspace's own configuration. All go in one process: it is slow to start. */
export function lintTexts(fixtures: readonly Fixture[]): Finding[][] {
  const { status, stdout, stderr } = spawnSync('node', [join(__dirname, 'lint-process.mjs')], {
    input: JSON.stringify(fixtures),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`the lint process ended with ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as Finding[][];
}
