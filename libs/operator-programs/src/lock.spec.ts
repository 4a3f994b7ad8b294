import * as fs from 'node:fs';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OperatorError } from './errors';
import { exclusively } from './lock';

jest.mock('node:fs', () => ({ __esModule: true, ...jest.requireActual<typeof fs>('node:fs') }));

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

  it('that stays without a number is that of one who was killed before it could write it', async () => {
    writeFileSync(file, '');
    utimesSync(file, Date.now() / 1_000 - 11, Date.now() / 1_000 - 11);
    expect(await exclusively(file, () => Promise.resolve('done'))).toBe('done');
  });

  it('is taken by one who sees it just before its holder lets go of it', async () => {
    writeFileSync(file, String(process.ppid));
    justBefore('statSync', () => rmSync(file));
    expect(await exclusively(file, () => Promise.resolve('done'))).toBe('done');
  });

  it('of the faster one stays, when two take over one at the same time', async () => {
    writeFileSync(file, '4194304');
    justBefore('renameSync', () => {
      rmSync(file);
      writeFileSync(file, String(process.ppid));
    });
    await expect(exclusively(file, () => Promise.resolve())).rejects.toThrow(`(process ${process.ppid})`);
    expect(readFileSync(file, 'utf8')).toBe(String(process.ppid));
    expect(readdirSync(folder)).toEqual(['a.lock']);
    rmSync(file);
  });
});

/** Has something happen once, just before a call of the file system. */
function justBefore(call: 'statSync' | 'renameSync', happens: () => void): void {
  const original = fs[call] as (...args: unknown[]) => unknown;
  jest.spyOn(fs, call).mockImplementationOnce((...args: unknown[]) => {
    happens();
    return original(...args) as never;
  });
}
