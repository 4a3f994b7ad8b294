import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port';
import { NginxProcess } from './nginx-process';

/**
 * Starts an nginx of the drill's own in front of some servers.
 * @param folder where its configuration and temporary files go.
 * @param servers `host:port` of each server; they get requests in turn.
 * @throws Error when it cannot be run, or does not take its configuration.
 */
export async function startPlainNginx(folder: string, servers: readonly string[]): Promise<NginxProcess> {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'nginx.conf'), configuration(port, servers));
  return NginxProcess.start(folder, `http://127.0.0.1:${port}`);
}

/**
 * One process. It knows nothing of readiness, and learns that a server is gone by the connection that is refused, which it
 * makes to another one then. What it has sent and got no answer to, it sends again only when that is idempotent by its
 * method: a lost POST or PATCH is the client's to see.
 */
function configuration(port: number, servers: readonly string[]): string {
  return `
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
