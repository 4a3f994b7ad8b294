import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@aitbc/shared-core';
import { BadJobRequest, type ServiceRequest } from '../executors/executor';
import { commandDefinition } from '../testing/command-definition';
import { jobContext } from '../testing/job-context';
import type { CommandDefinition } from './command-definition';
import { CommandExecutor } from './command.executor';
import { InputFetcher } from './fetch-input';

describe('CommandExecutor', () => {
  let workDir: string;

  beforeEach(async () => {
    workDir = await mkdtemp(join(tmpdir(), 'miner-command-'));
  });

  afterEach(() => rm(workDir, { recursive: true }));

  function executor(definition: Partial<CommandDefinition> & { command: string }): CommandExecutor {
    return new CommandExecutor(commandDefinition(definition), new InputFetcher(new Set()), '/usr/bin:/bin');
  }

  async function run(definition: Partial<CommandDefinition> & { command: string }, request: ServiceRequest) {
    return (await executor(definition).run(request, jobContext({ workDir }))).result;
  }

  const sort = {
    command: 'sort',
    args: [['-r', '--key={{key}}'], '-o', '{{sorted}}', '{{lines}}'],
    schema: {
      type: 'object',
      required: ['text'],
      properties: { text: { type: 'string' }, key: { type: 'integer' }, name: { type: 'string', default: 'sorted' } },
    },
    inputs: { lines: { text: 'text', max_bytes: 100 } },
    outputs: { sorted: { file: '{{name}}.txt', media_type: 'text/plain' } },
  };

  it('gives the files of the program with their hash and media type', async () => {
    expect(await run(sort, { text: 'b\nc\na\n' })).toEqual({
      outputs: {
        sorted: {
          name: 'sorted.txt',
          media_type: 'text/plain',
          size_bytes: 6,
          sha256: sha256Hex('a\nb\nc\n'),
          base64: Buffer.from('a\nb\nc\n').toString('base64'),
        },
      },
    });
  });

  it('adds the arguments of a group when its values were given', async () => {
    const result = await run(sort, { text: 'a 1\nb 2\n', key: 2 });
    expect(Buffer.from(Object(result).outputs.sorted.base64, 'base64').toString()).toBe('b 2\na 1\n');
  });

  it('feeds an input to the standard input and gives the standard output', async () => {
    const cat = {
      command: '/bin/cat',
      args: [],
      schema: { type: 'object', properties: { file_url: { type: 'string' } } },
      inputs: { file: { url: 'file_url', max_bytes: 100 } },
      stdin: 'file',
      stdout: true,
    };
    expect(await run(cat, { file_url: 'data:,hello%20there' })).toEqual({ outputs: {}, stdout: 'hello there' });
  });

  it('translates values and passes numbers, and never through a shell', async () => {
    const echo = {
      command: 'printf',
      args: ['%s|', '{{codec}}', '{{crf}}', 'x{{title}}'],
      schema: { type: 'object', properties: { codec: { enum: ['h264', 'vp9'] }, crf: { type: 'integer' }, title: {} } },
      values: { codec: { h264: 'libx264' } },
      stdout: true,
    };
    const title = '"; touch /tmp/pwned; $(id)';
    expect(await run(echo, { codec: 'h264', crf: 23, title })).toMatchObject({ stdout: `libx264|23|x${title}|` });
    await rm(join(workDir, 'outputs'), { recursive: true });
    expect(await run(echo, { codec: 'vp9', crf: 0, title: '' })).toMatchObject({ stdout: 'vp9|0|x|' });
  });

  it('gives all files of an output folder, sorted by name', async () => {
    const frames = {
      command: process.execPath,
      args: ['-e', 'for (const n of [2,1]) fs.writeFileSync(process.argv[1] + "/f" + n, "frame")', '{{frames}}'],
      outputs: { frames: { directory: 'frames', media_type: 'image/png' } },
    };
    const result = await run(frames, {});
    expect(Object(result).outputs.frames.map((file: { name: string }) => file.name)).toEqual(['f1', 'f2']);
  });

  it.each([
    ['a request that breaks the schema', {}],
    ['an output name that leaves the folder', { text: 'a', name: '../../x' }],
    ['an output name that would be an option', { text: 'a', name: '-x' }],
    ['an input over its limit', { text: 'a'.repeat(101) }],
  ])('refuses %s as a bad request', async (_, request) => {
    await expect(run(sort, request)).rejects.toThrow(BadJobRequest);
  });

  it('refuses outputs over the limit', async () => {
    await expect(run({ ...sort, max_output_bytes: 5 }, { text: 'b\nc\na\n' })).rejects.toThrow('larger than 5 bytes');
  });

  it('does not follow a symbolic link to a file of the miner', async () => {
    const link = { ...sort, command: 'ln', args: ['-s', '/etc/passwd', '{{sorted}}'] };
    await expect(run(link, { text: '' })).rejects.toThrow("no readable file 'sorted.txt'");
  });

  it('fails when the program leaves no file', async () => {
    await expect(run({ ...sort, command: 'true' }, { text: '' })).rejects.toThrow("no readable file 'sorted.txt'");
  });

  it('probes whether the program is there and runs', async () => {
    await executor({ command: 'sort' }).probe();
    await expect(executor({ command: 'no-such-program' }).probe()).rejects.toThrow('ENOENT');
    await expect(executor({ command: 'false' }).probe()).rejects.toThrow('ended with code 1');
  });

  it('writes into the folder of the job only', async () => {
    await run(sort, { text: 'a' });
    expect((await readdir(workDir)).sort()).toEqual(['input-lines', 'outputs']);
  });
});
