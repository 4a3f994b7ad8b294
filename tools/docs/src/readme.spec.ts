import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@aitbc/shared-core/testing';
import { API_EXAMPLES, type ApiExample } from './api-examples';
import { environmentFor } from './environment';
import { type CodeBlock, codeBlocks } from './markdown';
import { run, Server } from './program';
import { readWorkspaceFile, workspaceRoot } from './workspace';

/** Of the coordinator, and of agent-management. */
const ADDRESSES = ['http://127.0.0.1:8011', 'http://127.0.0.1:8012'] as const;
/** What the commands find in the folder of a clone after `npm start`, which makes `var/` beside it. */
const CLONED = ['package.json', 'node_modules', 'dist', 'examples'];

/** Of the part of a page that has this heading. */
function blocksOf(file: string, heading: string): readonly CodeBlock[] {
  const page = readWorkspaceFile(file);
  const level = heading.slice(0, heading.indexOf(' '));
  return codeBlocks(page.slice(page.indexOf(heading) + heading.length).split(`\n${level} `)[0] ?? '');
}

/** The block that starts the platform, and what that prints. */
function isOfStart(block: CodeBlock, index: number, blocks: readonly CodeBlock[]): boolean {
  const starts = (each?: CodeBlock) => each?.text.startsWith('npm start') ?? false;
  return starts(block) || (block.language === 'text' && starts(blocks[index - 1]));
}

/** The shell blocks as one script. */
function script(blocks: readonly CodeBlock[]): string {
  return blocks.flatMap(({ language, text }) => (language === 'sh' ? [text] : [])).join('\n');
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What the page says that the commands print; a `…` stands for anything in its line, alone in one for any lines. */
function promisedOutput(blocks: readonly CodeBlock[]): RegExp {
  const texts = blocks.filter(({ language }) => language === 'text').map(({ text }) => text.trimEnd());
  const lines = texts.flatMap((text) => text.split('\n'));
  return new RegExp(`^${lines.map(pattern).join('\n')}$`);
}

function pattern(line: string): string {
  return line === '…' ? '[^]*?' : line.split('…').map(literally).join('.*');
}

/** An example of a page of the API, and the operation under whose heading it stands. */
function apiExamples(file: string): { id: string; command: string }[] {
  const sections = readWorkspaceFile(file).split(/^### .*\((\w+)\)$/m);
  return sections.flatMap((id, index) => {
    const [block] = index % 2 === 1 ? codeBlocks(sections[index + 1] ?? '') : [];
    return block ? [{ id, command: block.text }] : [];
  });
}

function fieldAt(value: unknown, path: string): string {
  const found = path.split('.').reduce((part, name) => (part as Record<string, unknown>)[name], value);
  if (typeof found !== 'string') throw new Error(`there is no ${path} in ${JSON.stringify(value)}`);
  return found;
}

/** The text with each address in place of the one that stands there. */
function translated(text: string, from: readonly string[], to: readonly string[]): string {
  return from.reduce((changed, address, index) => changed.replaceAll(address, to[index] ?? address), text);
}

describe('the pages, read by a newcomer', () => {
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

  // A home of its own, so that a login of the reader's stays as it is; npx looks for nothing on the network.
  const surroundings = (variables: Record<string, string> = {}) => ({
    cwd: folder.path,
    env: environmentFor({
      ...{ HOME: folder.file('home'), npm_config_offline: 'true', npm_config_update_notifier: 'false' },
      ...variables,
    }),
  });
  const typed = (commands: string, variables?: Record<string, string>) =>
    run('bash', ['-euo', 'pipefail', '-c', translated(commands, ADDRESSES, urls)], surroundings(variables));

  it.each([
    ['the first workflow', 'docs/first-workflow.md', '# ', 4],
    ['the same from the command line', 'README.md', '## From the command line', 3],
  ])(
    '%s can be typed as it stands there, and prints what it promises',
    async (_what, file, title, outputs) => {
      const all = blocksOf(file, title);
      const blocks = all.filter((...each) => !isOfStart(...each));
      const commands = script(blocks);
      expect(commands).toContain(ADDRESSES[1]);
      const output = await typed(commands);
      expect(blocks.filter(({ language }) => language === 'text')).toHaveLength(outputs);
      expect(translated(output.trimEnd(), urls, ADDRESSES)).toMatch(promisedOutput(blocks));
    },
    120_000,
  );

  it('the first page promises what the start prints', async () => {
    const blocks = blocksOf('docs/first-workflow.md', '# ').filter(isOfStart);
    const [promised] = blocks.filter(({ language }) => language === 'text');
    const lines = translated(promised?.text.trimEnd() ?? '', ADDRESSES, urls).split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) await platform.expectLine(new RegExp(`(${pattern(line)})`));
  });

  it.each(['docs/api/agent-management.md', 'docs/api/coordinator-api.md'])(
    'each example of %s is answered',
    async (file) => {
      const keys = JSON.parse(readFileSync(folder.file('var/keys.json'), 'utf8')) as Record<ApiExample['as'], string>;
      const variables: Record<string, string> = {};
      const examples = apiExamples(file);
      expect(examples.length).toBeGreaterThan(5);
      for (const { id, command } of examples) {
        const { as, gives = {} } = API_EXAMPLES[id] ?? { as: 'client' };
        const answer = await typed(command, { ...variables, KEY: keys[as] });
        for (const [name, path] of Object.entries(gives)) variables[name] = fieldAt(JSON.parse(answer), path);
      }
    },
    120_000,
  );
});
