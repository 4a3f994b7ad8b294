import type { RoutedRelease, RouterDescription } from '../description';
import { BUCKETS } from '../ways';

/** Prefix of the agent context: what can be served by more than one. */
export const AGENT_PREFIX = '/api/v1/agent/';

/** Variables that nginx works out when they are asked for, once for each request. */
export function variables({ releases, ...description }: RouterDescription): string {
  return [
    IDENTITY,
    buckets(),
    ...releases.map(beyond),
    pools(releases),
    documentPools(releases),
    servedBy({ releases, ...description }),
    LOG_FORMAT,
  ].join('\n\n');
}

/**
 * A POST without a key gets one, so that nginx may send it to another server when the first one dies under it: the one
 * that executes it second finds the record of the first.
 */
const IDENTITY = `# A request without an id that services would take gets nginx's, which then is in the logs of all.
map $http_x_request_id $aitbc_request_id {
  default $request_id;
  "~^[A-Za-z0-9._:-]{1,128}$" $http_x_request_id;
}
map "$request_method:$uri" $aitbc_made_key {
  default "";
  "~^POST:(?!.*/stream/?$)" $request_id;
}
map $http_idempotency_key $aitbc_idempotency_key {
  default $http_idempotency_key;
  "" $aitbc_made_key;
}
# Node refuses a request of HTTP/1.1, which this becomes, without a host.
map $http_host $aitbc_host {
  default $http_host;
  "" $host;
}`;

/** The bucket of a principal is that of its credential: it sees one side, request after request. */
function buckets(): string {
  const lines = Array.from({ length: BUCKETS - 1 }, (_each, bucket) => `  1% ${bucket};`);
  return `split_clients "$http_x_api_key$http_authorization" $aitbc_bucket {
${lines.join('\n')}
  * ${BUCKETS - 1};
}`;
}

/** Not empty for what a release does not serve. */
function beyond(release: RoutedRelease): string {
  const paths = release.paths.map(escaped).join('|');
  return `map $uri ${beyondVariable(release)} {
  default beyond;
  "~^(?:${paths})(?:/|$)" "";
}`;
}

function beyondVariable({ name }: RoutedRelease): string {
  return `$aitbc_beyond_${name.replaceAll('-', '_')}`;
}

/** The way, and for each release whether the path is beyond it. */
function place(releases: readonly RoutedRelease[]): string {
  return ['$aitbc_way', ...releases.map(beyondVariable)].join('/');
}

/** Matches the place of what a release is to serve and does: the part that is its own is empty. */
function within({ name }: RoutedRelease, index: number): string {
  return `"~^release-${name}(?:/[^/]*){${index}}/(?:/|$)"`;
}

/**
 * Upstream of each way. What the first release does not serve has no second server that could answer it, so that it is not
 * answered 404 while the service is dead. Who has returned to a release has it answer the rest when there is no service.
 */
function pools(releases: readonly RoutedRelease[]): string {
  return `map "${place(releases)}" $aitbc_pool {
  default aitbc_service;
  ${[
    ...releases.slice(0, 1).map(() => '"~^service/beyond" aitbc_service_alone;'),
    '"~^proxy" aitbc_proxy;',
    ...releases.map((release, index) => `${within(release, index)} aitbc_${release.name};`),
  ].join('\n  ')}
}`;
}

/** A release describes itself where it serves its documents; else the coordinator does, which knows both services. */
function documentPools(releases: readonly RoutedRelease[]): string {
  return `map "${place(releases)}" $aitbc_document_pool {
  default aitbc_coordinator;
${releases.map((release, index) => `  ${within(release, index)} aitbc_${release.name};`).join('\n')}
}`;
}

/** As it is read literally in a regular expression. */
function escaped(text: string): string {
  return text.replace(/[.[\]*+?]/g, '\\$&');
}

/** Who has answered in the end, by name: the last of the servers that were tried. */
function servedBy({ coordinator, agentManagement, releases }: RouterDescription): string {
  const names: [string, string][] = [
    [coordinator, 'coordinator-api'],
    [agentManagement, 'agent-management'],
    ...releases.map(({ address, name }): [string, string] => [address, name]),
  ];
  const lines = names.map(([address, name]) => `  "~(?:^|[, :])${escaped(address)}$" ${name};`);
  return `map $upstream_addr $aitbc_served_by {
  default "";
${lines.join('\n')}
}`;
}

const LOG_FORMAT = `log_format aitbc escape=json '{"time":"$time_iso8601","request_id":"$aitbc_request_id",'
  '"method":"$request_method","path":"$uri","status":$status,"bytes":$body_bytes_sent,"seconds":$request_time,'
  '"way":"$aitbc_way","served_by":"$aitbc_served_by","tried":"$upstream_addr","tried_status":"$upstream_status",'
  '"tried_seconds":"$upstream_response_time"}';`;
