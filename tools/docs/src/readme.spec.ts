import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@aitbc/shared-core/testing';
import { environmentFor } from './environment';
import { type CodeBlock, codeBlocks } from './markdown';
import { run, Server } from './program';
import { readWorkspaceFile, workspaceRoot } from './workspace';

const page = readWorkspaceFile('README.md');
/** Of the coordinator, and of agent-management. */
const ADDRESSES = ['http://127.0.0.1:8011', 'http://127.0.0.1:8012'] as const;
/** What the commands find in the folder of a clone after `npm start`, which makes `var/` beside it. */
const CLONED = ['package.json', 'node_modules', 'dist', 'examples'];

function blocksOf(title: string): readonly CodeBlock[] {
  return codeBlocks(page.slice(page.indexOf(title) + title.length).split(/^## /m)[0] ?? '');
}

/** The shell blocks of a section as one script, without the one that starts the platform. */
function script(blocks: readonly CodeBlock[]): string {
  const texts = blocks.filter(({ language }) => language === 'sh').map(({ text }) => text);
  return texts.filter((text) => !text.startsWith('npm start')).join('\n');
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What the page says that the commands print; a `…` stands for anything in its line, alone in one for any lines. */
function promisedOutput(blocks: readonly CodeBlock[]): RegExp {
  const texts = blocks.filter(({ language }) => language === 'text').map(({ text }) => text.trimEnd());
  const lines = texts.flatMap((text) => text.split('\n'));
  const patterns = lines.map((line) => (line === '…' ? '[^]*?' : line.split('…').map(literally).join('.*')));
  return new RegExp(`^${patterns.join('\n')}$`);
}

/** The text with each address in place of the one that stands there. */
function translated(text: string, from: readonly string[], to: readonly string[]): string {
  return from.reduce((changed, address, index) => changed.replaceAll(address, to[index] ?? address), text);
}

describe('the README, read by a newcomer', () => {
  let folder: TemporaryFolder;
  let platform: Server;
  let urls: readonly string[];

  beforeAll(async () => {
    folder = temporaryFolder();
    for (const name of CLONED) symlinkSync(join(workspaceRoot, name), folder.file(name));
    // `npm start` after its build: the programs that the `test` target has built.
    platform = Server.node([join(workspaceRoot, 'dist/tools/platform/start.js')], {
      cwd: folder.path,
      env: environmentFor({ PORT: '0', AGENT_PORT: '0' }),
    });
    urls = [
      await platform.expectLine(/The coordinator answers at (http:[^\s,]+),/),
      await platform.expectLine(/agent-management \(\S+\) at (http:\S+)\.$/),
    ];
  }, 60_000);

  afterAll(async () => {
    await platform.stop();
    await folder.remove();
  });

  it.each([
    ['## Your first workflow', 3],
    ['## From the command line', 3],
  ])(
    '%s can be typed as it stands there, and prints what it promises',
    async (title, outputs) => {
      const blocks = blocksOf(title);
      const commands = script(blocks);
      expect(commands).toContain(ADDRESSES[1]);
      // A home of its own, so that a login of the reader's stays as it is; npx looks for nothing on the network.
      const env = { HOME: folder.file('home'), npm_config_offline: 'true', npm_config_update_notifier: 'false' };
      const output = await run('bash', ['-euo', 'pipefail', '-c', translated(commands, ADDRESSES, urls)], {
        cwd: folder.path,
        env: environmentFor(env),
      });
      expect(blocks.filter(({ language }) => language === 'text')).toHaveLength(outputs);
      expect(translated(output.trimEnd(), urls, ADDRESSES)).toMatch(promisedOutput(blocks));
    },
    120_000,
  );
});
