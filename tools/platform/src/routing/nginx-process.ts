import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const START_MS = 10_000;
/** On Debian it is in a folder that is not in everybody's path. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/local/sbin:/usr/bin:/bin:/usr/local/bin' };

/** @throws Error when nginx is not installed. */
export function requireNginx(): void {
  const { error } = spawnSync('nginx', ['-v'], { env: ENVIRONMENT, stdio: 'ignore' });
  if (!error) return;
  throw new Error('nginx cannot be run; install it (Debian, Ubuntu: apt-get install nginx-light)', { cause: error });
}

/** What nginx says of a configuration in a folder of its own; empty when it takes it. */
export function nginxComplaint(folder: string): string {
  const { status, stderr } = spawnSync('nginx', ['-t', '-q', '-p', `${folder}/`, '-c', 'nginx.conf', '-e', 'stderr'], {
    env: ENVIRONMENT,
    encoding: 'utf8',
  });
  return status === 0 ? '' : stderr;
}

/** An nginx in the foreground, with all its files in one folder. It never outlives this process. */
export class NginxProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /**
   * @param folder with `nginx.conf` in it
   * @param url that it answers at
   * @throws Error when it cannot be run, or does not take its configuration.
   */
  static async start(folder: string, url: string): Promise<NginxProcess> {
    const args = ['-p', `${folder}/`, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off;'];
    // A group of its own: what ends with this process are its workers too.
    const child = spawn('nginx', args, { stdio: ['ignore', 'ignore', 'pipe'], env: ENVIRONMENT, detached: true });
    const killWithParent = () => killGroup(child);
    process.once('exit', killWithParent);
    child.once('close', () => process.off('exit', killWithParent));
    let complaints = '';
    child.stderr.on('data', (part: Buffer) => (complaints += part.toString()));
    const ended = once(child, 'close').then(() => Promise.reject(new Error(`nginx ended: ${complaints}`)));
    ended.catch(() => undefined); // It ends in the end.
    await Promise.race([answers(url), ended]);
    return new NginxProcess(child, url);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await closed;
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended in this very moment.
  }
}

async function answers(url: string): Promise<void> {
  const end = performance.now() + START_MS;
  for (;;) {
    try {
      await (await fetch(`${url}/health`)).arrayBuffer();
      return;
    } catch (cause) {
      if (performance.now() > end) throw new Error(`nginx does not answer at ${url}`, { cause });
      await delay(20);
    }
  }
}
