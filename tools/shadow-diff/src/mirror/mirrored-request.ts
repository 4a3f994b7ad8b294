import type { IncomingHttpHeaders } from 'node:http';

/** A read that somebody made, and that is made again of both sides. */
export interface MirroredRequest {
  readonly method: 'GET' | 'HEAD';
  readonly path: string;
  /** Path with query, as both sides are asked for it. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** When it came (Unix ms). */
  readonly at: number;
}

/** Why there is nothing to compare; the README says more of each. */
export type SkipReason =
  'method' | 'prefix' | 'release-path' | 'stream' | 'rate-limited' | 'too-large' | 'unanswered-both';

export interface MirrorOptions {
  /** What is compared begins with it. */
  readonly prefix: string;
  /** Prefixes of what the release serves; without them it is taken to serve all. */
  readonly releasePaths?: readonly string[] | undefined;
}

/** What came in, as it is told: `undefined` headers are those that the caller did not send. */
export interface Incoming {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/**
 * What an answer to a read may depend on. Not its conditions (`If-None-Match`), since 304 would hide the body; not its
 * `X-Request-Id`, since three requests of one id could not be told apart in a log; and nothing of its connection.
 */
const FORWARDED = ['accept', 'accept-language', 'authorization', 'last-event-id', 'x-api-key'];

const EVENT_STREAM = /text\/event-stream/i;

/** The read to be made again, or why it is none. */
export function mirroredRequest(
  { method, url = '', headers }: Incoming,
  { prefix, releasePaths }: MirrorOptions,
): MirroredRequest | SkipReason {
  const parsed = URL.parse(url, 'http://mirrored');
  const path = parsed?.pathname ?? '';
  if (!parsed || !path.startsWith(prefix)) return 'prefix';
  if (method !== 'GET' && method !== 'HEAD') return 'method';
  if (!isServed(path, releasePaths)) return 'release-path';
  if (isStream(path.slice(prefix.length), headers)) return 'stream';
  return { method, path, target: path + withoutWait(parsed), headers: forwarded(headers), at: Date.now() };
}

function isServed(path: string, releasePaths: MirrorOptions['releasePaths']): boolean {
  return releasePaths?.some((served) => isBelow(path, served)) ?? true;
}

function isBelow(path: string, served: string): boolean {
  return path === served || path.startsWith(`${served.replace(/\/$/, '')}/`);
}

/** `…/{id}/events` and `…/stream`. The feed `events` right below the prefix is a page for who does not ask for a stream. */
function isStream(rest: string, { accept }: IncomingHttpHeaders): boolean {
  return /\/(events|stream)\/?$/.test(rest) || EVENT_STREAM.test(accept ?? '');
}

/**
 * A long poll is asked as it would be answered at once: its waiting says nothing about the answer, and would hold a place
 * among those that ask.
 */
function withoutWait({ search, searchParams }: URL): string {
  if (!searchParams.has('wait')) return search;
  searchParams.delete('wait');
  return searchParams.size === 0 ? '' : `?${searchParams.toString()}`;
}

function forwarded(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    FORWARDED.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
