import { createHmac, sign } from 'node:crypto';
import { decodeBase64url, encodeBase64url } from './base64url';
import { generateSigningKey, signingKeyFrom } from './ed25519';
import { JwsError, signJws, verifyJws } from './jws';
import { keyFinderOf } from './jwks';

const key = signingKeyFrom({
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
});
const find = keyFinderOf({ keys: [key.jwk] });

/** A JWS with any header, signed for real. */
function craft(header: unknown, payload: string | Buffer = 'x'): string {
  const signed = `${encodeBase64url(typeof header === 'string' ? header : JSON.stringify(header))}.${encodeBase64url(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

const problemWith = (jws: string, typ?: string): string => {
  try {
    verifyJws(jws, find, typ);
    return 'none';
  } catch (error) {
    return error instanceof JwsError ? error.problem : `not a JwsError: ${String(error)}`;
  }
};

describe('JWS', () => {
  it('verifies the example of RFC 8037 appendix A.4', () => {
    const jws =
      'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';
    expect(verifyJws(jws, () => key)).toEqual({
      header: { alg: 'EdDSA' },
      payload: 'Example of Ed25519 signing',
      kid: key.kid,
    });
    expect(craft({ alg: 'EdDSA' }, 'Example of Ed25519 signing')).toBe(jws);
  });

  it('gives back what was signed, with kid and typ', () => {
    const jws = signJws('{"a":"ü€😀"}', key, 'test+jws');
    expect(verifyJws(jws, find, 'test+jws')).toEqual({
      header: { alg: 'EdDSA', kid: key.kid, typ: 'test+jws' },
      payload: '{"a":"ü€😀"}',
      kid: key.kid,
    });
  });

  const kid = key.kid;
  it.each([
    ['alg none', craft({ alg: 'none', kid }), 'unsupported_algorithm'],
    ['alg HS256', craft({ alg: 'HS256', kid }), 'unsupported_algorithm'],
    ['no alg', craft({ kid }), 'unsupported_algorithm'],
    ['crit', craft({ alg: 'EdDSA', kid, crit: ['exp'] }), 'malformed'],
    ['b64', craft({ alg: 'EdDSA', kid, b64: false }), 'malformed'],
    ['a kid that is no text', craft({ alg: 'EdDSA', kid: 5 }), 'malformed'],
    ['a header that is a list', craft([]), 'malformed'],
    ['a header that is not JSON', craft('{'), 'malformed'],
    ['a payload that is not UTF-8', craft({ alg: 'EdDSA', kid }, Buffer.from([0xff])), 'malformed'],
    ['an unknown kid', craft({ alg: 'EdDSA', kid: 'other' }), 'unknown_key'],
    ['no kid', craft({ alg: 'EdDSA' }), 'unknown_key'],
    ['an empty text', '', 'malformed'],
    ['two parts', 'e30.e30', 'malformed'],
    ['four parts', `${signJws('x', key, 't')}.e30`, 'malformed'],
    ['an empty signature', `${signJws('x', key, 't').split('.').slice(0, 2).join('.')}.`, 'malformed'],
  ])('refuses %s', (_name, jws, problem) => {
    expect(problemWith(jws)).toBe(problem);
  });

  it('refuses an HMAC made with the public key', () => {
    const signed = `${encodeBase64url(JSON.stringify({ alg: 'HS256', kid }))}.${encodeBase64url('x')}`;
    const mac = createHmac('sha256', Buffer.from(key.jwk.x, 'base64url')).update(signed).digest('base64url');
    expect(problemWith(`${signed}.${mac}`)).toBe('unsupported_algorithm');
  });

  it('refuses another kind than the one asked for', () => {
    expect(problemWith(signJws('x', key, 'one'), 'other')).toBe('malformed');
  });

  it('refuses the signature of another key under a known kid', () => {
    const forged = { ...generateSigningKey(), kid };
    expect(problemWith(signJws('x', forged, 't'))).toBe('bad_signature');
  });
});

describe('strict base64url', () => {
  it.each(['', 'AA', 'AAA', 'AAAA', '-_-_'])('decodes %j', (text) => {
    expect(decodeBase64url(text)?.toString('base64url')).toBe(text);
  });

  it.each(['A', 'AB', 'AAB', 'AA==', 'AA=', '+/+/', 'A A', 'AAAA\n', 'AAAAA'])('refuses %j', (text) => {
    expect(decodeBase64url(text)).toBeUndefined();
  });
});

describe('keys of a JWKS document', () => {
  it('are found by kid, passing over what is no signing key', () => {
    const finder = keyFinderOf({
      keys: [null, { kty: 'RSA' }, { ...key.jwk, kid: 'enc', use: 'enc' }, { ...key.jwk, kid: 'k1' }],
    });
    expect(finder('k1')?.kid).toBe(kid);
    expect([finder('enc'), finder(undefined), keyFinderOf('x')('k1')]).toEqual([undefined, undefined, undefined]);
  });

  const kid = key.kid;
});
