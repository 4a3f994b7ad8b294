import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCommandFile } from './command-file';

const SORT = {
  kind: 'sorting',
  command: 'sort',
  args: ['{{lines}}'],
  schema: { type: 'object', properties: { text: { type: 'string' } } },
  inputs: { lines: { text: 'text' } },
};

describe('readCommandFile', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'miner-commands-'));
    path = join(folder, 'commands.json');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('reads the commands and completes them by the defaults', async () => {
    await writeFile(path, JSON.stringify({ commands: [SORT] }));
    expect(await readCommandFile(path)).toMatchObject([
      {
        kind: 'sorting',
        probe_args: ['--version'],
        timeout_seconds: 600,
        inputs: { lines: { max_bytes: 67_108_864 } },
      },
    ]);
  });

  it.each([
    ['no JSON', '{', /JSON/],
    ['an unknown field', { commands: [{ ...SORT, shell: true }] }, /commands\/0 must NOT have additional properties/],
    ['a schema that is none', { commands: [{ ...SORT, schema: { type: 'thing' } }] }, /schema/],
    ['a placeholder that nothing defines', { commands: [{ ...SORT, args: ['{{line}}'] }] }, /args names line/],
    ['an input from no field', { commands: [{ ...SORT, inputs: { lines: { url: 'x' } } }] }, /inputs names x/],
    ['a standard input that is no input', { commands: [{ ...SORT, stdin: 'text' }] }, /stdin names text/],
  ])('refuses a file with %s and says where', async (_, content, message) => {
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    await expect(readCommandFile(path)).rejects.toThrow(message);
    await expect(readCommandFile(path)).rejects.toThrow(path);
  });

  it('takes the example of the README', async () => {
    const readme = await readFile(join(__dirname, '../../../README.md'), 'utf8');
    await writeFile(path, String(/```json\n(.*?)```/s.exec(readme)?.[1]));
    expect(await readCommandFile(path)).toMatchObject([{ kind: 'ffmpeg', timeout_seconds: 900 }]);
  });

  it('names a file that is not there', async () => {
    await expect(readCommandFile(path)).rejects.toThrow('ENOENT');
  });
});
