import { ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { join } from 'node:path';
import { childEntry } from '../process/child-entry';
import { waitFor } from '../testing/wait-for';

class Run {
  stdout = '';
  stderr = '';
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private readonly closed: Promise<unknown[]>;

  constructor(behaviour: string) {
    const file = childEntry(join(__dirname, 'testing'), 'process-child');
    this.child = spawn(process.execPath, [file, behaviour], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout.on('data', (chunk) => (this.stdout += String(chunk)));
    this.child.stderr.on('data', (chunk) => (this.stderr += String(chunk)));
    this.closed = once(this.child, 'close');
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  async sees(event: string): Promise<void> {
    await waitFor(() => this.stdout.includes(`"event":"${event}"`));
  }

  async exitCode(): Promise<unknown> {
    const [code] = await this.closed;
    return code;
  }
}

describe('runProcess', () => {
  it('tells bad configuration on stderr and exits with 78', async () => {
    const run = new Run('bad-configuration');
    expect(await run.exitCode()).toBe(78);
    expect(run.stderr).toBe('The configuration is not valid:\n  PORT: it is odd. Expected: an even one\n');
  });

  it('exits with 1 when the start fails, without telling secrets', async () => {
    const run = new Run('bad-start');
    expect(await run.exitCode()).toBe(1);
    expect(run.stderr).toContain('"event":"start_failed"');
    expect(run.stderr).not.toContain('hunter2');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops gracefully on %s, exits with 0 and loses no log line',
    async (signal) => {
      const run = new Run('ordinary');
      await run.sees('up');
      run.signal(signal);
      expect(await run.exitCode()).toBe(0);
      expect(run.stdout).toContain('"event":"stopping"');
      expect(run.stdout).toContain('"event":"stopped"');
    },
  );

  it('exits with the result of a process that has one', async () => {
    const run = new Run('has-a-result');
    await run.sees('up');
    run.signal('SIGTERM');
    expect(await run.exitCode()).toBe(3);
    expect(run.stdout).toContain('"event":"stopped"');
  });

  it('exits at once on a second signal', async () => {
    const run = new Run('hangs');
    await run.sees('up');
    run.signal('SIGTERM');
    await run.sees('stopping');
    run.signal('SIGTERM');
    expect(await run.exitCode()).toBe(1);
  });

  it('exits with 1 when the stop fails', async () => {
    const run = new Run('fails-to-stop');
    await run.sees('up');
    run.signal('SIGTERM');
    expect(await run.exitCode()).toBe(1);
    expect(run.stdout).toContain('"event":"stop_failed"');
  });

  it.each([
    ['throws-later', 'uncaught_exception', 'unexpected'],
    ['rejects-later', 'unhandled_rejection', 'forgotten'],
  ])('logs what nobody handled and exits with 1 (%s)', async (behaviour, event, message) => {
    const run = new Run(behaviour);
    expect(await run.exitCode()).toBe(1);
    expect(run.stdout).toContain(`"event":"${event}"`);
    expect(run.stdout).toContain(message);
  });
});
