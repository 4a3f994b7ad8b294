import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from './errors';
import { exclusively } from './lock';

const folder = mkdtempSync(join(tmpdir(), 'aitbc-test-'));
const file = join(folder, 'a.lock');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a lock', () => {
  it('is held while the work lasts, and let go of when it fails', async () => {
    const work = Promise.withResolvers<string>();
    const first = exclusively(file, () => work.promise);
    await expect(exclusively(file, () => Promise.resolve('second'))).rejects.toThrow(OperatorError);
    work.resolve('first');
    expect(await first).toBe('first');
    await expect(exclusively(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(existsSync(file)).toBe(false);
  });

  it('of another process that runs is respected, and of one that has not written its number yet', async () => {
    for (const holder of [String(process.ppid), '']) {
      writeFileSync(file, holder);
      await expect(exclusively(file, () => Promise.resolve())).rejects.toThrow('another change is under way');
      rmSync(file);
    }
  });

  it('from before the machine was started is taken over, whoever has its number now', async () => {
    writeFileSync(file, String(process.ppid));
    utimesSync(file, 1, 1);
    expect(await exclusively(file, () => Promise.resolve('done'))).toBe('done');
  });

  it.each([
    ['a process that has ended', '4194304'],
    ['a process of before that had our number', String(process.pid)],
  ])('of %s is taken over', async (_who, holder) => {
    writeFileSync(file, holder);
    expect(await exclusively(file, () => Promise.resolve('done'))).toBe('done');
  });
});
