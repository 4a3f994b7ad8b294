import type { RouterDescription } from '../description';
import { server } from './server';
import { upstreams } from './upstreams';
import { variables } from './variables';

/** Everything within nginx's `http` block: to be included there, such as by a link in `/etc/nginx/conf.d`. */
export function httpConfiguration(description: RouterDescription): string {
  return [
    '# Written by deploy/bin/nginx-config; which way requests take is set by deploy/bin/route, without a reload.',
    upstreams(description),
    variables(description),
    server(description),
  ].join('\n\n');
}

/** A whole configuration for an nginx of its own: `nginx -p FOLDER/ -c nginx.conf`, with all that it writes in that folder. */
export function wholeConfiguration(): string {
  return `pid nginx.pid;
error_log logs/error.log warn;
worker_processes auto;
events {
  worker_connections 4096;
}
http {
  client_body_temp_path temp/body;
  proxy_temp_path temp/proxy;
  fastcgi_temp_path temp/fastcgi;
  uwsgi_temp_path temp/uwsgi;
  scgi_temp_path temp/scgi;
  include aitbc.conf;
}
`;
}
