import type { Summary } from './aggregate';

/** Who answers in a drill, in the order in which they are always shown. */
export const KNOWN_SERVERS: readonly string[] = ['agent-management', 'monolith', 'coordinator-api'];

/** The known servers, whether or not they have answered; others that have, by name; the empty name last. */
export function serversIn(summaries: readonly Summary[]): string[] {
  const named = new Set(summaries.flatMap(({ byServer }) => Object.keys(byServer)));
  const others = [...named].filter((server) => server !== '' && !KNOWN_SERVERS.includes(server)).sort();
  return [...KNOWN_SERVERS, ...others, ...(named.has('') ? [''] : [])];
}

export function serverName(server: string): string {
  return server === '' ? 'unknown' : server;
}
