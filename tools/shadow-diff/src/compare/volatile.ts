import type { Difference } from './difference';

/** Values that differ between two answers to one question, whoever answers. The rest of the API says what is stored. */
const VOLATILE: Readonly<Record<string, string>> = {
  '/instance': 'the id of the request, where something on the way gives it one of its own',
  '/as_of': 'when the figures were counted',
  '/next_cursor': 'opaque to clients: what is in it may change',
};

/** Statistics that were counted further apart (ms) are those of two instants, whoever counted them. */
const SAME_INSTANT_MS = 1_000;

/** The differences without those that mean nothing. Only values may be volatile: that a field is there, and its type, is a promise. */
export function withoutVolatile(differences: readonly Difference[]): Difference[] {
  const apart = differences.some(countedApart);
  return differences.filter(({ kind, pointer, release }) => {
    if (kind !== 'changed-value') return true;
    return !(Object.hasOwn(VOLATILE, pointer) || (apart && typeof release === 'number'));
  });
}

/** Figures over large tables are kept for a time by each process, so that reading them again brings nothing new. */
function countedApart({ kind, pointer, release, service }: Difference): boolean {
  const apartMs = Date.parse(String(release)) - Date.parse(String(service));
  return kind === 'changed-value' && pointer === '/as_of' && Math.abs(apartMs) > SAME_INSTANT_MS;
}
