import { execFileSync } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { TurnStream } from './turn-stream';

describe('the stream of log lines', () => {
  function open() {
    const pieces: string[] = [];
    const target = new PassThrough();
    jest.spyOn(target, 'write').mockImplementation((piece: unknown) => pieces.push(String(piece)) > 0);
    return { stream: new TurnStream(target), pieces };
  }

  it('writes the lines of one turn in one piece, in order', async () => {
    const { stream, pieces } = open();
    for (const line of ['a\n', 'b\n', 'ü\n']) stream.write(line);
    expect(pieces).toEqual([]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(pieces).toEqual(['a\nb\nü\n']);
    stream.write('c\n');
    await new Promise((resolve) => setImmediate(resolve));
    expect(pieces).toEqual(['a\nb\nü\n', 'c\n']);
  });

  it('writes at once when it is told to, and nothing twice', async () => {
    const { stream, pieces } = open();
    stream.write('last\n');
    stream.flush();
    await new Promise((resolve) => setImmediate(resolve));
    expect(pieces).toEqual(['last\n']);
  });

  it('loses no line of a process that exits in the same turn', () => {
    const script = `
      require('@swc-node/register');
      const { createLogger } = require('./libs/shared-core/src/logging/logger.ts');
      const logger = createLogger({ service: 'test', level: 'info', format: 'json' });
      for (let n = 0; n < 1000; n += 1) logger.info('line ' + n);
      process.exit(3);`;
    const run = () =>
      execFileSync(process.execPath, ['-e', script], { cwd: `${__dirname}/../../../..`, encoding: 'utf8' });
    let output = '';
    try {
      run();
    } catch (error) {
      output = String((error as { stdout?: unknown }).stdout);
    }
    expect(
      output
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).message),
    ).toEqual(Array.from({ length: 1000 }, (_, n) => `line ${n}`));
  });
});
