import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEntry } from '../process/child-entry';
import { temporaryFolder } from '../testing/temporary-folder';
import { waitFor } from '../testing/wait-for';

const folder = temporaryFolder();
const diary = folder.file('diary');
const running: Started[] = [];

afterEach(() => {
  for (const each of running.splice(0)) each.child.kill('SIGKILL');
});
afterAll(() => folder.remove());

/** Stands for systemd-notify, and writes down what it was called with and what it saw. */
function program(name: string, script: string): string {
  const bin = folder.file(name);
  mkdirSync(bin);
  writeFileSync(join(bin, 'systemd-notify'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(bin, 'systemd-notify'), 0o755);
  return bin;
}

interface Started {
  readonly child: ChildProcess;
  /** Exit code and signal. */
  readonly exited: Promise<unknown[]>;
  output(): string;
}

/** A process that is ready at once, and stops when it is told to. */
function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, [childEntry(join(__dirname, 'testing'), 'process-child'), 'ordinary'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  const started = { child, exited: once(child, 'close'), output: () => output };
  running.push(started);
  return started;
}

/** Whole lines only: the shell makes the file before it writes into it. */
const said = () => (existsSync(diary) ? readFileSync(diary, 'utf8').split('\n').slice(0, -1) : []);

describe('the service manager', () => {
  it('is told when the process is ready and when it stops, and what is started by the process cannot tell it', async () => {
    const bin = program('notes', `echo "$NOTIFY_SOCKET $*" >> ${diary}`);
    const { child, exited, output } = start({ NOTIFY_SOCKET: '/run/it', PATH: `${bin}:/usr/bin:/bin` });
    await waitForOutput('up');
    await waitFor(() => said().length === 1);
    expect(said()).toEqual([`/run/it --pid=${child.pid} READY=1 STATUS=is up`]);
    expect(output()).toContain('"notify_socket":"none"');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    await waitFor(() => said().length === 2);
    expect(said()[1]).toBe(`/run/it --pid=${child.pid} STOPPING=1`);
  });

  it('is not looked for without systemd', async () => {
    const bin = program('complains', `echo "called" >> ${folder.file('called')}`);
    const { child, exited } = start({ PATH: `${bin}:/usr/bin:/bin` });
    await waitForOutput('up');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(existsSync(folder.file('called'))).toBe(false);
  });

  it.each([
    ['the program fails', () => program('fails', 'echo "No such socket" >&2; exit 1'), 'No such socket'],
    ['there is no such program', () => folder.file('nothing'), 'ENOENT'],
  ])('does not end the process when %s: the log says so', async (_case, bin, reason) => {
    const { child, exited, output } = start({ NOTIFY_SOCKET: '/run/it', PATH: bin() });
    await waitForOutput('notify_failed');
    expect(output()).toContain(reason);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});

async function waitForOutput(event: string): Promise<void> {
  await waitFor(() => running.at(-1)?.output().includes(`"event":"${event}"`));
}
