import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readDocument } from './demo-document';
import { runDocument } from './document-run';
import { inheritedEnvironment } from './environment';
import { Interrupted, onInterruption, unlessAborted } from './interruption';
import { issueKeys, newAdminKey } from './keys';
import { Platform } from './platform';
import { Progress } from './progress';

/** This file is bundled into `dist/tools/platform/`. */
const DIST = join(__dirname, '..', '..');
const EXAMPLES = join(DIST, '..', 'examples');
const DEFAULT_DOCUMENT = join(EXAMPLES, 'gettysburg-address.txt');
const WORKFLOW = join(EXAMPLES, 'workflows', 'document-analysis.json');
/** What the demo's miner asks for a job, in coins. */
const MINER_PRICE = '0.0025';

/** `npm run demo [-- FILE]`: a workflow over a document, from an empty folder to a verified receipt. */
async function demo(file: string, progress: Progress, signal: AbortSignal): Promise<boolean> {
  const text = readDocument(file);
  const workflow = JSON.parse(readFileSync(WORKFLOW, 'utf8')) as object;
  const folder = mkdtempSync(join(tmpdir(), 'aitbc-demo-'));
  try {
    progress.say('Starting the coordinator, agent-management and a miner …');
    const platform = await Platform.start({
      dist: DIST,
      environment: { ...inheritedEnvironment(), LOG_LEVEL: 'info', MINER_PRICE },
      ports: { coordinator: '0', agents: '0' },
      databaseUrl: `sqlite:${join(folder, 'coordinator.db')}`,
      minerStateFolder: join(folder, 'miner'),
      adminKey: newAdminKey(),
      keys: issueKeys,
      onLine: (app, line) => progress.keep(app, line),
      onRestart: (sentence) => progress.say(sentence),
      signal,
    });
    try {
      const { coordinator, agents } = platform.urls;
      progress.say(`The coordinator answers at ${coordinator}, agent-management at ${agents}.`);
      return await unlessAborted(signal, runDocument(platform, { name: basename(file), text, workflow }, progress));
    } finally {
      await platform.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const progress = new Progress();
demo(process.argv[2] ?? DEFAULT_DOCUMENT, progress, onInterruption()).then(
  (verified) => {
    process.exitCode = verified ? 0 : 1;
  },
  (error: unknown) => {
    if (error instanceof Interrupted) progress.say('Stopped.');
    else progress.fail(error);
    process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
  },
);
