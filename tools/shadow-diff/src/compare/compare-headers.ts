import type { Difference } from './difference';

type Reading = (value: string | null) => string | undefined;

const asIs: Reading = (value) => value ?? undefined;
/** A list whose order and capitals mean nothing. */
const asSet: Reading = (value) =>
  value
    ?.split(',')
    .map((item) => item.trim().toLowerCase())
    .sort()
    .join(', ');
/** How long to wait is guessed anew for each answer. */
const asPresence: Reading = (value) => (value === null ? undefined : '(some time)');

/**
 * Headers on which a client may depend. Not those that say something about the one answer or its connection: `Date`,
 * `X-Request-Id`, `RateLimit`, `Connection`, `Content-Length`.
 */
const COMPARED: Readonly<Record<string, Reading>> = {
  allow: asSet,
  'cache-control': asIs,
  'content-type': (value) => asIs(value)?.toLowerCase().replace(/\s+/g, ''),
  etag: asIs,
  link: asIs,
  location: asIs,
  'retry-after': asPresence,
  vary: asSet,
  'www-authenticate': asIs,
  'x-data-source': asIs,
  'x-total-count': asIs,
};

export function headerDifferences(release: Headers, service: Headers): Difference[] {
  return Object.entries(COMPARED)
    .map(([name, reading]): Difference => ({
      kind: `header:${name}`,
      pointer: '',
      release: reading(release.get(name)),
      service: reading(service.get(name)),
    }))
    .filter((difference) => difference.release !== difference.service);
}
