import type { Request } from 'express';

/** All of agent-management's API is this path or below it. Paths are compared as nginx does: case counts. */
export const AGENT_PREFIX = '/api/v1/agent';

export function isAgentPath(path: string): boolean {
  return path === AGENT_PREFIX || path.startsWith(`${AGENT_PREFIX}/`);
}

/** Path and query as the client wrote them; of a request to a whole URL (RFC 9112, 3.2.2) without its beginning. */
export function targetOf({ originalUrl }: Pick<Request, 'originalUrl'>): string {
  return originalUrl.startsWith('/') ? originalUrl : originalUrl.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '');
}

const WAIT = /([?&]wait=)([^&]*)/g;
/** The longest that agent-management holds an answer back (s). */
export const LONGEST_WAIT_SECONDS = 60;

/** Seconds for which a read may be held; `undefined` for one that is no long poll. */
export function waitSecondsOf(target: string): number | undefined {
  const waits = [...target.matchAll(WAIT)].map(([, , seconds = '']) => Number(seconds));
  const longest = Math.max(0, ...waits.filter((seconds) => seconds > 0));
  return longest === 0 ? undefined : Math.min(longest, LONGEST_WAIT_SECONDS);
}

/** The same long poll, which asks for the present state; all else stays byte for byte. */
export function withoutWait(target: string): string {
  return target.replace(WAIT, (_whole, name: string) => `${name}0`);
}
