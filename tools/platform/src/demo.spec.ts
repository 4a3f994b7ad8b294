import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@aitbc/shared-core/testing';
import { EXAMPLES } from './testing/dist';
import { allGone, killPrograms, runProgram } from './testing/program';

const folder = temporaryFolder();

afterEach(killPrograms);
afterAll(() => folder.remove());

/** A new folder that is the program's working directory and its TMPDIR. */
function newFolder(name: string): string {
  mkdirSync(folder.file(name));
  return folder.file(name);
}

describe('the demo', () => {
  it.each([
    ['its own document', []],
    ['another document', [join(EXAMPLES, 'tale-of-two-cities.txt')]],
  ])('runs a workflow over %s to a valid receipt with a real cost, and leaves nothing', async (name, args) => {
    const cwd = newFolder(name);
    const demo = runProgram('demo', cwd, {}, args);
    await demo.says('Registered and activated agent');
    const started = demo.descendants();
    expect(await demo.ended).toBe('0');
    expect(demo.output()).toMatch(/The receipt is valid\.\n$/);
    expect(demo.output()).toContain('5 steps, 1 job receipt, cost 0.0025 coins.');
    expect(demo.output()).not.toContain('FAILED');
    expect(started.length).toBeGreaterThanOrEqual(3);
    await allGone(started);
    expect(readdirSync(cwd)).toEqual([]);
  });

  it.each([
    ['a file that is not there', 'absent.txt', undefined, 'cannot be read: ENOENT'],
    ['a folder', '.', undefined, 'cannot be read: EISDIR'],
    ['an empty file', 'empty.txt', '', 'is empty'],
    ['a file of white space', 'blank.txt', ' \n\t\n', 'is empty'],
    ['a file that is no text', 'picture.png', Buffer.from([0x89, 0x50, 0xff, 0xfe]), 'is not a text in UTF-8'],
  ])('refuses %s before it starts anything', async (name, file, content, problem) => {
    const cwd = newFolder(name);
    if (content !== undefined) writeFileSync(join(cwd, file), content);
    const before = readdirSync(cwd);
    const demo = runProgram('demo', cwd, {}, [file]);
    expect(await demo.ended).toBe('1');
    expect(demo.output()).toContain(`The document ${file} ${problem}`);
    expect(demo.output()).not.toContain('Starting');
    expect(demo.output()).not.toContain('    at ');
    expect(readdirSync(cwd)).toEqual(before);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops all that it has started at %s', async (signal) => {
    const cwd = newFolder(`demo ${signal}`);
    const demo = runProgram('demo', cwd);
    await demo.says('Starting');
    const started = demo.descendants();
    demo.signal(signal);
    expect(await demo.ended).toBe(signal === 'SIGINT' ? '130' : '143');
    await allGone(started);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
