import type { IncomingMessage, ServerResponse } from 'node:http';
import { forwardedHeaders } from '@aitbc/shared-core';
import type { Request } from 'express';

/** Name and value as they were sent, repeated ones one by one. */
export type HeaderLine = readonly [name: string, value: string];

/** What this process calls itself in `Via` (RFC 9110, 7.6.3). */
const PSEUDONYM = 'aitbc-coordinator';
/** `Via` of a request that this process makes by itself. */
export const HOP = `1.1 ${PSEUDONYM}`;
/** That name among those of others, whatever the protocol and comment beside it. */
const PASSED_HERE = new RegExp(String.raw`(?:^|,)\s*[^\s,]+\s+${PSEUDONYM}\s*(?:[(,]|$)`, 'i');

/** Of one connection only (RFC 9110, 7.6.1); trailers are not passed on, so that none may be announced. */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  ...['connection', 'proxy-connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
]);
/** Which cannot be declared to be of one connection: without them the message would become another one. */
const NEVER_NAMED: ReadonlySet<string> = new Set(['host', 'content-length']);
/** Those that are written anew for the next hop. */
const REWRITTEN: ReadonlySet<string> = new Set([
  ...['via', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host'],
  // Node has told the client to go on; the body comes without being asked for.
  'expect',
]);

/** Whether the request has been here before: then the way to agent-management leads back to this process. */
export function hasPassedHere({ headers }: Pick<Request, 'headers'>): boolean {
  return PASSED_HERE.test(headers.via ?? '');
}

export function hasBody({ headers }: Pick<Request, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * What agent-management gets: the headers as they are, with the hop, the client's address and the request's id and trace.
 * It believes the last address in `X-Forwarded-For` that is not of its own machine, which is the one that was added here.
 */
export function headersOnward(req: Request): HeaderLine[] {
  const own = Object.entries(forwardedHeaders());
  const rewritten = new Set([...REWRITTEN, ...own.map(([name]) => name)]);
  const kept = endToEnd(req).filter(([name]) => !rewritten.has(name.toLowerCase()));
  const added: HeaderLine[] = [
    ...own,
    ['Via', listed(req.headers.via, `${req.httpVersion} ${PSEUDONYM}`)],
    ['X-Forwarded-For', listed(req.get('x-forwarded-for'), req.socket.remoteAddress ?? 'unknown')],
    // What a router on this machine says of them, else what this process sees.
    ['X-Forwarded-Proto', req.protocol],
  ];
  if (req.host) added.push(['X-Forwarded-Host', req.host]);
  if (req.headers['transfer-encoding'] !== undefined) added.push(['Transfer-Encoding', 'chunked']);
  return [...kept, ...added];
}

/** Status and headers of the answer; its headers take the place of those that were set here under the same names. */
export function copyHead(answer: IncomingMessage, res: ServerResponse): void {
  res.statusCode = answer.statusCode ?? 502;
  res.statusMessage = answer.statusMessage ?? '';
  const lines = endToEnd(answer);
  for (const [name] of lines) res.removeHeader(name);
  for (const [name, value] of lines) res.appendHeader(name, value);
}

function endToEnd({ rawHeaders, headers }: Pick<IncomingMessage, 'rawHeaders' | 'headers'>): HeaderLine[] {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase());
  const dropped = new Set([...HOP_BY_HOP, ...named.filter((name) => !NEVER_NAMED.has(name))]);
  return pairs(rawHeaders).filter(([name]) => !dropped.has(name.toLowerCase()));
}

function pairs(raw: readonly string[]): HeaderLine[] {
  return Array.from({ length: raw.length / 2 }, (_none, n) => [raw[2 * n] ?? '', raw[2 * n + 1] ?? ''] as const);
}

function listed(before: string | undefined, item: string): string {
  return before === undefined || before === '' ? item : `${before}, ${item}`;
}
