import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../free-port';

const START_MS = 5_000;
/** On Debian it is in a folder that is not in everybody's path. */
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/local/sbin:/usr/bin:/bin:/usr/local/bin' };

/** @throws Error when nginx is not installed. */
export function requireNginx(): void {
  const { error } = spawnSync('nginx', ['-v'], { env: ENVIRONMENT, stdio: 'ignore' });
  if (!error) return;
  throw new Error('nginx cannot be run; install it (Debian, Ubuntu: apt-get install nginx-light)', { cause: error });
}

/** An nginx of the drill's own, with all its files in one folder, in front of some servers. */
export class Nginx {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  /**
   * @param folder where its configuration and temporary files go.
   * @param servers `host:port` of each server; they get requests in turn.
   * @throws Error when it cannot be run, or does not take its configuration.
   */
  static async start(folder: string, servers: readonly string[]): Promise<Nginx> {
    const port = await freePort();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'nginx.conf'), configuration(port, servers));
    const child = spawn('nginx', ['-p', `${folder}/`, '-c', 'nginx.conf', '-e', 'stderr'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: ENVIRONMENT,
    });
    const killWithParent = () => child.kill('SIGKILL');
    process.once('exit', killWithParent);
    child.once('close', () => process.off('exit', killWithParent));
    let complaints = '';
    child.stderr.on('data', (part: Buffer) => (complaints += part.toString()));
    const ended = once(child, 'close').then(() => Promise.reject(new Error(`nginx ended: ${complaints}`)));
    ended.catch(() => undefined); // It ends in the end.
    const url = `http://127.0.0.1:${port}`;
    await Promise.race([answers(url), ended]);
    return new Nginx(child, url);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const closed = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await closed;
  }
}

/**
 * One process in the foreground. It knows nothing of readiness, and learns that a server is gone by the connection that
 * is refused, which it makes to another one then. What it has sent and got no answer to, it sends again only when that is
 * idempotent by its method: a lost POST or PATCH is the client's to see.
 */
function configuration(port: number, servers: readonly string[]): string {
  return `
daemon off;
master_process off;
pid nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  scgi_temp_path scgi;
  uwsgi_temp_path uwsgi;
  upstream services {
${servers.map((server) => `    server ${server};`).join('\n')}
    keepalive 32;
  }
  server {
    listen 127.0.0.1:${port};
    keepalive_requests 1000000;
    location / {
      proxy_pass http://services;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      add_header X-Served-By $upstream_addr always;
    }
  }
}
`;
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
