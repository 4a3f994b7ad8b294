import { createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonical } from './json';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
export interface KeyPair {
  readonly privateKey: KeyObject;
  /** `{kty, crv, x}` */
  readonly publicJwk: JsonWebKey;
}

export function ed25519(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { privateKey, publicJwk: publicKey.export({ format: 'jwk' }) };
}

/** A compact JWS (EdDSA) over the canonical JSON of the payload. */
export function signed(payload: unknown, keys: KeyPair): string {
  return signedAs({ alg: 'EdDSA' }, payload, keys);
}

/** The same with a header of any content. */
export function signedAs(header: object, payload: unknown, { privateKey }: KeyPair): string {
  const input = `${encoded(JSON.stringify(header))}.${encoded(canonical(payload))}`;
  return `${input}.${sign(null, Buffer.from(input), privateKey).toString('base64url')}`;
}

/** What a compact JWS says, once a key of the set has verified it and its text has proved to be canonical JSON. */
export function verified(jws: string, keys: readonly JsonWebKey[]): Record<string, unknown> {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const { alg, kid } = JSON.parse(decoded(header)) as { alg?: string; kid?: string };
  expect(alg).toBe('EdDSA');
  const jwk = keys.find((candidate) => candidate['kid'] === kid);
  if (!jwk) throw new Error(`the key set has no key ${kid}`);
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  expect(verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  const content = JSON.parse(decoded(payload)) as Record<string, unknown>;
  expect(canonical(content)).toBe(decoded(payload));
  return content;
}

function encoded(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decoded(part: string): string {
  return Buffer.from(part, 'base64url').toString();
}
// jscpd:ignore-end
