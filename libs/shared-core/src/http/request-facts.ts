import type { Request } from 'express';

const PROBES: ReadonlySet<string> = new Set(['/health', '/ready', '/metrics']);
/** Methods that have a meaning here: each other word that a stranger sends would make a series of its own. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Whether only an operator's tool asks, again and again. */
export function isProbe(req: Request): boolean {
  return PROBES.has(req.path);
}

/** The method, or `undefined` for one that is none of ours. */
export function knownMethod({ method }: Request): string | undefined {
  return METHODS.has(method) ? method : undefined;
}

const named = new WeakMap<Request, string>();

/** Gives a request that no route of this app answers a pattern to count it by, such as `/api/v1/agent/*`. */
export function nameRoute(req: Request, pattern: string): void {
  named.set(req, pattern);
}

/**
 * The pattern of the matched route with its mount point (`/api/v1/jobs/:id`), or `unmatched`. The mount point is taken
 * from the request's own path: on the way to the error handler Express has already left the router, and `baseUrl` is
 * empty again. A pattern has as many segments as what it matched.
 */
export function routeOf(req: Request): string {
  const name = named.get(req);
  if (name !== undefined) return name;
  const route: unknown = req.route;
  if (typeof route !== 'object' || route === null || !('path' in route)) return 'unmatched';
  const segments = (req.originalUrl.split('?')[0] ?? '').split('/');
  // A route of several patterns has the one that this path ends like.
  const patterns = [route.path].flat().map(String);
  const pattern = patterns.find((each) => endsLike(segments, each.split('/').slice(1))) ?? patterns.join();
  const mountPoint = segments.slice(0, segments.length - pattern.split('/').length + 1).join('/');
  return `${mountPoint}${pattern}`;
}

function endsLike(segments: readonly string[], pattern: readonly string[]): boolean {
  const end = segments.slice(-pattern.length);
  return pattern.every((part, index) => part.startsWith(':') || part === end[index]);
}
