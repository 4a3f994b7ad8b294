import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { keep } from './own-service';

const MAIN = resolve(__dirname, '../../../../dist/apps/coordinator-api/main.js');

/** Jest runs this once before all files. Workers inherit the variables that it sets. */
export default async function prepare(): Promise<void> {
  process.env['E2E_RECORD'] = join(mkdtempSync(join(tmpdir(), 'aitbc-e2e-record-')), 'answers.jsonl');
  if (process.env['BASE_URL'] === undefined) await startService();
}

async function startService(): Promise<void> {
  if (!existsSync(MAIN)) throw new Error(`set BASE_URL and ADMIN_KEY, or build coordinator-api: there is no ${MAIN}`);
  const adminKey = randomBytes(32).toString('base64url');
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-e2e-'));
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: `sqlite:${join(folder, 'coordinator.db')}`,
      BOOTSTRAP_ADMIN_KEY: adminKey,
      // Long enough for a busy machine, short enough for the tests that wait until a lease is over.
      JOB_LEASE_SECONDS: '6',
      LOG_FORMAT: 'json',
      LOG_LEVEL: 'info',
    },
  });
  keep({ child, folder });
  process.env['BASE_URL'] = await listeningUrl(child.stdout);
  process.env['ADMIN_KEY'] = adminKey;
}

function listeningUrl(stdout: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolveUrl, reject) => {
    const lines = createInterface({ input: stdout });
    lines.on('line', (line) => {
      const { event, url } = JSON.parse(line) as { event?: string; url?: string };
      if (event === 'listening' && url !== undefined) resolveUrl(url);
    });
    lines.once('close', () => reject(new Error('the coordinator ended before it listened')));
  });
}
