import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@aitbc/shared-core/testing';
import { environmentFor } from './environment';
import { codeBlocks } from './markdown';
import { run, Server } from './program';
import { readWorkspaceFile, workspaceRoot } from './workspace';

const page = readWorkspaceFile('README.md');
const ADDRESS = 'http://127.0.0.1:8011';
const TITLE = '## Your first workflow';

const section = page.slice(page.indexOf(TITLE) + TITLE.length).split(/^## /m)[0] ?? '';
const blocksIn = (language: string) => codeBlocks(section).filter((block) => block.language === language);

/** The shell blocks of the section as one script, without the one that starts the platform. */
function script(): string {
  const blocks = blocksIn('sh').map(({ text }) => text);
  return blocks.filter((text) => !text.startsWith('npm start')).join('\n');
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What the page says that the commands print; a `…` stands for anything. */
function promisedOutput(): RegExp {
  const texts = blocksIn('text').map(({ text }) => text.trimEnd().split('…').map(literally).join('.*'));
  return new RegExp(`^${texts.join('\n')}$`);
}

describe('the first workflow of the README', () => {
  let folder: TemporaryFolder;
  let platform: Server;
  let url: string;

  beforeAll(async () => {
    folder = temporaryFolder();
    // `npm start` after its build: the programs that the `test` target has built.
    platform = Server.node([join(workspaceRoot, 'dist/tools/platform/start.js')], {
      cwd: folder.path,
      env: environmentFor({ PORT: '0' }),
    });
    url = await platform.expectLine(/The platform answers at (http:\S+)\. /);
  }, 60_000);

  afterAll(async () => {
    await platform.stop();
    await folder.remove();
  });

  it('can be typed as it stands there, and ends with a valid receipt', async () => {
    const commands = script();
    expect(commands).toContain(ADDRESS);
    const output = await run('bash', ['-euo', 'pipefail', '-c', commands.replace(ADDRESS, url)], {
      cwd: folder.path,
      env: environmentFor({}),
    });
    expect(blocksIn('text')).toHaveLength(3);
    expect(output.trimEnd()).toMatch(promisedOutput());
  }, 60_000);
});
