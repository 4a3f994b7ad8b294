import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { temporaryFolder } from '@aitbc/shared-core/testing';
import { Command, Option } from 'commander';
import { createProgram } from '../program';
import { bashCompletion } from './bash';
import { allCommands, commandTree } from './command-tree';
import { fishCompletion } from './fish';
import { zshCompletion } from './zsh';

const folder = temporaryFolder();

afterAll(() => folder.remove());

const surroundings = {
  stdin: () => process.stdin,
  stdout: { write: () => true },
  stderr: { write: () => true },
  environment: {},
  signal: new AbortController().signal,
};
const tree = commandTree(createProgram(surroundings));
const commands = allCommands(tree);

/** What bash offers for the last of these words. */
function offered(...words: string[]): string[] {
  const script = `${bashCompletion(tree)}
COMP_WORDS=(aitbc "$@"); COMP_CWORD=$#; _aitbc; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['-c', script, 'bash', ...words], { encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

describe('the command tree', () => {
  it('has all commands with the options around them', () => {
    const paths = commands.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['', '/login', '/workflows/run', '/receipt/verify', '/keys/revoke']));
    const run = commands.find(({ path }) => path === '/workflows/run');
    expect(run).toMatchObject({ name: 'run', takesFile: true });
    const options = new Map(run?.options.map(({ names, value }) => [names[0], value]));
    expect(options.get('--verification')).toEqual(['basic', 'full', 'zero-knowledge']);
    expect(options.get('--text')).toBe('file');
    expect(options.get('--agent')).toBe('any');
    expect(options.get('--json')).toBe('none');
    expect(options.has('--version')).toBe(false);
  });

  it('says what each command does', () => {
    expect(commands.filter(({ description }) => description === '')).toEqual([]);
  });
});

describe('completion in bash', () => {
  it('offers commands, options and the values of options and arguments', () => {
    expect(offered('ag')).toEqual(['agents']);
    expect(offered('workflows', '')).toEqual(expect.arrayContaining(['list', 'apply', 'run', '--json']));
    expect(offered('workflows', 'list', '--p')).toEqual(['--public']);
    expect(offered('executions', 'list', '--status', 'c')).toEqual(['completed', 'cancelled']);
    expect(offered('completion', '')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
  });

  it('finds the command behind options', () => {
    expect(offered('--url', 'http://a.example', 'receipt', 've')).toEqual(['verify']);
    expect(offered('--agent-url', 'http://a.example', 'receipt', 've')).toEqual(['verify']);
    expect(offered('login', '--a')).toEqual(['--agent-url']);
  });

  it('leaves files, and values that nobody knows, to the shell', () => {
    expect(offered('workflows', 'apply', '')).toEqual([]);
    expect(offered('workflows', 'apply', '--i')).toEqual(['--id']);
    expect(offered('workflows', 'run', 'wf_1', '--text', '')).toEqual([]);
  });
});

describe('the scripts of all shells', () => {
  const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

  it.each(Object.entries(scripts))('know every command: %s', (_shell, script) => {
    const text = script(tree);
    expect(commands.filter(({ path }) => !text.includes(`'${path}'`) && !text.includes(`\\'${path}\\'`))).toEqual([]);
  });

  it.each(Object.entries(scripts))('keep quotes in descriptions apart from their own: %s', (shell, script) => {
    const program = new Command('aitbc').description('x');
    program.command('odd').description(`it's "odd" $(echo no) \\ \`x\``);
    program
      .addOption(new Option('--a <b>', `it's`).choices(["o'clock"]))
      .option('--c <file>')
      .option('--d <e>');
    const file = folder.file(`script.${shell}`);
    writeFileSync(file, script(commandTree(program)));
    const { status, error, stderr } = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
    // Not every machine has every shell; bash is there, as the tests above need it.
    if (error && shell !== 'bash') return;
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});
