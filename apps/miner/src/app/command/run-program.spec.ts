import { tmpdir } from 'node:os';
import { waitFor } from '../testing/wait-for';
import { ProgramFailed, type ProgramOptions, runProgram } from './run-program';

function run(script: string, overrides: Partial<ProgramOptions> = {}) {
  return runProgram({
    command: '/bin/sh',
    args: ['-c', script],
    cwd: tmpdir(),
    env: { PATH: '/usr/bin:/bin' },
    timeoutMs: 10_000,
    maxStdoutBytes: 10_000,
    signal: new AbortController().signal,
    ...overrides,
  });
}

/** Whether a process with that id runs (a zombie is gone for our purpose, but its parent here reaps it anyway). */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('runProgram', () => {
  it('gives standard output and the end of standard error', async () => {
    const { stdout, stderr } = await run('echo out; echo err >&2');
    expect([stdout.toString(), stderr]).toEqual(['out\n', 'err']);
  });

  it('sees no variable of the environment but the given ones', async () => {
    const { stdout } = await run('env | cut -d= -f1 | sort | tr "\\n" " "', {
      env: { PATH: '/usr/bin:/bin', ONLY: 'x' },
    });
    expect(
      stdout
        .toString()
        .split(' ')
        .filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_', ''].includes(name)),
    ).toEqual(['ONLY', 'PATH']);
  });

  it('names the exit code and keeps what the program said', async () => {
    const error = await run('echo "no such codec" >&2; exit 3').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProgramFailed);
    expect(error).toMatchObject({ message: '/bin/sh: it ended with code 3', stderr: 'no such codec' });
  });

  it('fails for a program that is not there', async () => {
    await expect(run('', { command: '/no/such/program' })).rejects.toThrow('ENOENT');
  });

  it('ends a program that writes without end', async () => {
    await expect(run('yes')).rejects.toThrow('its standard output is too long');
  });

  it('keeps only the end of a long standard error', async () => {
    const { stderr } = await run('yes no | head -c 1000000 >&2; echo last >&2');
    expect(stderr.length).toBeLessThanOrEqual(4096);
    expect(stderr).toMatch(/last$/);
  });

  it('ends the program and what it started at the time-out, even when they ignore SIGTERM', async () => {
    // Time enough for a busy machine to start both.
    const script = 'trap "" TERM; (trap "" TERM; sleep 300) & echo $! >&2; wait';
    const error: unknown = await run(script, { timeoutMs: 3_000 }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      message: '/bin/sh: it ran longer than 3 s',
      stderr: expect.stringMatching(/^\d+$/),
    });
    const pid = Number(Object(error).stderr);
    await waitFor('the grandchild is gone', () => !isRunning(pid));
  });

  it('ends a straggler that outlives the program', async () => {
    const { stdout } = await run('sleep 300 & echo $!');
    await waitFor('the straggler is gone', () => !isRunning(Number(stdout.toString())));
  });

  it('ends the group and gives the reason of the signal when it is aborted', async () => {
    const controller = new AbortController();
    const running = run('sleep 300', { signal: controller.signal });
    controller.abort(new Error('the lease is lost'));
    await expect(running).rejects.toThrow('the lease is lost');
  });
});
