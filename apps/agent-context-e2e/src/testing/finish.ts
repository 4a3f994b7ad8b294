import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expectCovered } from './coverage';

/** What Jest was asked to run, as far as it matters here. */
interface Selection {
  readonly testPathPatterns: { readonly patterns: readonly string[] };
  readonly testNamePattern?: string;
  readonly shard?: object;
  readonly onlyChanged: boolean;
}

/** Jest runs this once after all files, failed ones included. What it throws fails the run. */
export default async function finish(selection: Selection): Promise<void> {
  try {
    if (isWhole(selection)) await expectCovered();
  } finally {
    await rm(dirname(String(process.env['E2E_RECORD'])), { recursive: true, force: true });
  }
}

/** Single files or tests cover what they cover. */
function isWhole({ testPathPatterns, testNamePattern, shard, onlyChanged }: Selection): boolean {
  return testPathPatterns.patterns.length === 0 && !testNamePattern && !shard && !onlyChanged;
}
