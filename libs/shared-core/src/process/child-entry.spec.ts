import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { childEntry } from './child-entry';

const sources = join(__dirname, 'testing');

describe('childEntry', () => {
  it('runs a TypeScript entry, workspace aliases included, as a child process', async () => {
    const child = fork(childEntry(sources, 'echo-child'), { stdio: 'inherit' });
    child.send({ value: 5 });
    const [answer] = await once(child, 'message');
    expect(answer).toEqual({ id: expect.stringMatching(/^job_/), value: 5, states: 4 });
    await once(child, 'exit');
  });

  it('runs the same entry as a worker thread', async () => {
    const worker = new Worker(childEntry(sources, 'echo-child'));
    worker.postMessage({ value: 'x' });
    const [answer] = await once(worker, 'message');
    expect(answer).toEqual({ id: expect.stringMatching(/^job_/), value: 'x', states: 4 });
    await worker.terminate();
  });

  it('prefers the built file that lies beside the caller', () => {
    const folder = mkdtempSync(join(tmpdir(), 'child-entry-'));
    try {
      writeFileSync(join(folder, 'built.js'), '');
      expect(childEntry(folder, 'built')).toBe(join(folder, 'built.js'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('names both places where it looked when there is no such entry', () => {
    expect(() => childEntry(sources, 'absent')).toThrow(/absent\.js nor .*absent\.ts/);
  });
});
