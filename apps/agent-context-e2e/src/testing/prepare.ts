import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest runs this once before all files. Workers inherit the variable that it sets. */
export default function prepare(): void {
  process.env['E2E_RECORD'] = join(mkdtempSync(join(tmpdir(), 'aitbc-e2e-record-')), 'answers.jsonl');
}
