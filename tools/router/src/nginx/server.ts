import { join } from 'node:path';
import type { RouterDescription } from '../description';
import { AGENT_PREFIX } from './variables';

/**
 * POSTs of the agent context whose repeat with the same `Idempotency-Key` does nothing a second time, in every release. Others
 * are not sent again when their server dies: who sent them decides.
 */
const REPEATABLE_POSTS = [
  'agents/register',
  'executions/[^/]+/retry',
  'executions/[^/]+/signals/[^/]+',
  'networks',
  'services/(?!.*/stream/?$).+',
  'webhooks',
  'webhooks/[^/]+/(?:rotate-secret|test)',
  'workflows',
  'workflows/[^/]+/execute',
] as const;

/** Longer than a request may be held (`?wait=60`) and than the pause between two signs of life of a stream. */
const READ_TIMEOUT = '90s';

/** The server block. */
export function server(description: RouterDescription): string {
  return `server {
  # A clash with another server that wants to be the default is one that nginx refuses, rather than a silent loss of requests.
  listen ${description.listen} default_server;
  server_name _;
  # The ways are files: nginx must not remember whether they were there.
  open_file_cache off;
  access_log ${join(description.folder, 'logs', 'access.log')} aitbc buffer=32k flush=1s;
  keepalive_requests 100000;
  large_client_header_buffers 4 16k;
  # The services say by themselves what is too large.
  client_max_body_size 16m;
  client_body_buffer_size 128k;

  proxy_http_version 1.1;
  proxy_connect_timeout 1s;
  proxy_read_timeout ${READ_TIMEOUT};
  proxy_next_upstream error timeout;
  proxy_next_upstream_tries 2;
  # Who was kept waiting that long is not made to wait again.
  proxy_next_upstream_timeout 10s;
  proxy_set_header Connection "";
  proxy_set_header Host $aitbc_host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header X-Request-Id $aitbc_request_id;
  proxy_set_header Idempotency-Key $aitbc_idempotency_key;
  add_header X-Served-By $aitbc_served_by always;
  # What nginx itself must refuse of good requests, it refuses as the services do.
  error_page 413 @too_large;
  error_page 502 504 @unavailable;

  # Not set beforehand: the mirrored request, which shares its variables with the real one, would set it anew.
  uninitialized_variable_warn off;

  # Figures are for those who run the platform, however they are written.
  location ~* ^/metrics/*$ {
    allow 127.0.0.0/8;
    allow ::1;
    deny all;
    proxy_pass http://aitbc_coordinator;
  }
  location / {
    proxy_pass http://aitbc_coordinator;
  }
${documents(description)}
${agents(description, `location ${AGENT_PREFIX}`)}
${agents(description, `location ~ ^${AGENT_PREFIX}(?:${REPEATABLE_POSTS.join('|')})$`, NON_IDEMPOTENT)}
${shadow(description)}
${problem('@too_large', 413, 'payload_too_large', 'The body is too large', 'the body is larger than 16 MiB')}
${problem('@unavailable', 502, 'dependency_unavailable', 'A dependency is not available', 'no server has answered; whether the request was done is not known')}
}
`;
}

const NON_IDEMPOTENT = `
    # Each of these carries an Idempotency-Key by now.
    proxy_next_upstream error timeout non_idempotent;`;

function agents(description: RouterDescription, location: string, also = ''): string {
  return `  ${location} {
${way(description)}
    mirror /aitbc-shadow;
    mirror_request_body off;${also}
    proxy_pass http://$aitbc_pool;
  }`;
}

/** A problem document (RFC 9457) with a code of the platform's catalogue. */
function problem(location: string, status: number, code: string, title: string, detail: string): string {
  const type = `urn:aitbc:error:${code}`;
  const document = JSON.stringify({ type, title, status, detail, instance: '$aitbc_request_id', code });
  return `  location ${location} {
    internal;
    default_type application/problem+json;
    add_header X-Request-Id $aitbc_request_id always;
    add_header X-Served-By "" always;
    return ${status} '${document}';
  }`;
}

/** What is described is what is served. */
function documents(description: RouterDescription): string {
  return `  location ~ ^/(?:openapi\\.json$|docs(?:/|$)) {
${way(description)}
    proxy_pass http://$aitbc_document_pool;
  }`;
}

/** Looks for the files of the ways: a call of the system for each. */
function way({ folder, releases }: RouterDescription): string {
  const current = join(folder, 'ways', 'current');
  const found = (file: string, name: string) => `    if (-f "${current}/${file}") {
      set $aitbc_way ${name};
    }`;
  return [
    '    set $aitbc_way service;',
    found('proxy', 'proxy'),
    ...releases.map((release) => found(`releases/${release.name}/$aitbc_bucket`, `release-${release.name}`)),
  ].join('\n');
}

/** What is slow here holds back the next request of the same connection, which is why it is given up soon. */
function shadow({ folder }: RouterDescription): string {
  return `  location = /aitbc-shadow {
    internal;
    log_not_found off;
    set $aitbc_mirrored $request_method;
    if (!-f "${join(folder, 'ways', 'current', 'shadow')}") {
      set $aitbc_mirrored off;
    }
    if ($aitbc_mirrored !~ "^(?:GET|HEAD)$") {
      return 204;
    }
    proxy_pass_request_body off;
    proxy_set_header Content-Length "";
    proxy_set_header Connection "";
    proxy_set_header X-Request-Id $aitbc_request_id;
    proxy_connect_timeout 200ms;
    proxy_read_timeout 2s;
    proxy_next_upstream off;
    proxy_pass http://aitbc_shadow$request_uri;
  }`;
}
