import { UsageError } from '@aitbc/operator-programs';

/** Who serves the agent context. */
export type AgentsWay =
  | { readonly to: 'service' }
  /** The coordinator, which passes all on to the service. */
  | { readonly to: 'proxy' }
  | { readonly to: 'release'; readonly release: string }
  /** So many of a hundred principals the service, the others the release. */
  | { readonly to: 'canary'; readonly percent: number; readonly release: string };

/** All that can be changed while requests pass. */
export interface Ways {
  readonly agents: AgentsWay;
  /** Whether reads are also sent to the comparison of both sides. */
  readonly shadow: boolean;
}

/** Principals are spread over so many buckets by a hash of their key. */
export const BUCKETS = 100;

export const FIRST_WAYS: Ways = { agents: { to: 'service' }, shadow: false };

const CANARY = /^canary:(\d{1,3})(?:@(.+))?$/;

/**
 * @param text `service`, `proxy`, a release's name, `canary:N` (the rest to the first release) or `canary:N@RELEASE`
 * @param releases names of those that there are
 * @throws UsageError when it is none of these.
 */
export function parseAgentsWay(text: string, releases: readonly string[]): AgentsWay {
  if (text === 'service' || text === 'proxy') return { to: text };
  if (releases.includes(text)) return { to: 'release', release: text };
  const [, share, release = releases[0]] = CANARY.exec(text) ?? [];
  const percent = Number(share);
  if (share !== undefined && percent <= BUCKETS && release !== undefined && releases.includes(release)) {
    return { to: 'canary', percent, release };
  }
  const names = releases.length === 0 ? 'there is no release' : `releases: ${releases.join(', ')}`;
  throw new UsageError(`agents=${text}: not service, proxy, canary:N (N from 0 to 100) or a release (${names})`);
}

/** As {@link parseAgentsWay} reads it. */
export function agentsWayText(way: AgentsWay): string {
  if (way.to === 'release') return way.release;
  if (way.to === 'canary') return `canary:${way.percent}@${way.release}`;
  return way.to;
}

/** The release that somebody is sent to, if any, and the buckets of those principals: `from` up to the last one. */
export function releaseShare(way: AgentsWay): { readonly release: string; readonly from: number } | undefined {
  if (way.to === 'release') return { release: way.release, from: 0 };
  if (way.to === 'canary' && way.percent < BUCKETS) return { release: way.release, from: way.percent };
  return undefined;
}
