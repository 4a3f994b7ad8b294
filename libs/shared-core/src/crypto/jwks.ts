import { parseEd25519PublicKey, VerifyingKey } from './ed25519';
import { KeyFinder } from './jws';

/**
 * Finds keys in a JWKS document of anywhere, by their `kid`. Entries that are no sound Ed25519 public keys are passed
 * over, as RFC 7517 §5 says, and so are those for encryption.
 */
export function keyFinderOf(jwks: unknown): KeyFinder {
  const keys = new Map(entriesOf(jwks).flatMap(readKey));
  return (kid) => (kid === undefined ? undefined : keys.get(kid));
}

function entriesOf(jwks: unknown): unknown[] {
  if (typeof jwks !== 'object' || jwks === null || !('keys' in jwks) || !Array.isArray(jwks.keys)) return [];
  return jwks.keys as unknown[];
}

function readKey(entry: unknown): [string, VerifyingKey][] {
  if (typeof entry !== 'object' || entry === null || ('use' in entry && entry.use !== 'sig')) return [];
  try {
    const key = parseEd25519PublicKey(entry);
    const kid = 'kid' in entry && typeof entry.kid === 'string' ? entry.kid : key.kid;
    return [[kid, key]];
  } catch {
    return [];
  }
}
