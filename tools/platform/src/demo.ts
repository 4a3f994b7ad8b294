import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { runDocument } from './document-run';
import { inheritedEnvironment } from './environment';
import { issueKeys, newAdminKey } from './keys';
import { Platform } from './platform';
import { Progress } from './progress';

/** The workspace: this file is bundled into `dist/tools/platform/`. */
const ROOT = join(__dirname, '..', '..', '..');
const DEFAULT_DOCUMENT = join(ROOT, 'examples', 'gettysburg-address.txt');
const WORKFLOW = join(ROOT, 'examples', 'workflows', 'document-analysis.json');

/** `npm run demo [-- FILE]`: a workflow over a document, from an empty folder to a verified receipt. */
async function demo(file: string, progress: Progress): Promise<boolean> {
  const text = readFileSync(file, 'utf8');
  const workflow = JSON.parse(readFileSync(WORKFLOW, 'utf8')) as object;
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-demo-'));
  try {
    progress.say('Starting the coordinator and a miner …');
    const platform = await Platform.start({
      environment: { ...inheritedEnvironment(), LOG_LEVEL: 'info' },
      port: 0,
      databaseUrl: `sqlite:${join(folder, 'coordinator.db')}`,
      minerStateFolder: join(folder, 'miner'),
      adminKey: newAdminKey(),
      keys: issueKeys,
      onLine: (app, line) => progress.keep(app, line),
    });
    try {
      progress.say(`The platform answers at ${platform.url}.`);
      return await runDocument(platform, { name: basename(file), text, workflow }, progress);
    } finally {
      await platform.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const progress = new Progress();
demo(process.argv[2] ?? DEFAULT_DOCUMENT, progress).then(
  (verified) => {
    process.exitCode = verified ? 0 : 1;
  },
  (error: unknown) => {
    progress.fail(error);
    process.exitCode = 1;
  },
);
