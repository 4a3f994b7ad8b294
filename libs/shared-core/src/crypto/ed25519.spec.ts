import { AppError } from '../errors/app-error';
import { ed25519PointProblem } from './ed25519-point';
import { generateSigningKey, jwkThumbprint, parseEd25519PublicKey } from './ed25519';

const RFC8037_X = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
const jwk = { kty: 'OKP', crv: 'Ed25519', x: RFC8037_X } as const;

describe('Ed25519 public keys', () => {
  it('have the thumbprint of RFC 8037 appendix A.3', () => {
    expect(jwkThumbprint(jwk)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });

  it('are read from a JWK and from raw base64url alike', () => {
    const fromJwk = parseEd25519PublicKey({ ...jwk, kid: 'whatever', use: 'sig' });
    expect(fromJwk.kid).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
    expect(parseEd25519PublicKey(RFC8037_X).jwk).toEqual(fromJwk.jwk);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a number', 5],
    ['31 bytes', Buffer.alloc(31, 7).toString('base64url')],
    ['padding', `${RFC8037_X}=`],
    ['another last character for the same bytes', `${RFC8037_X.slice(0, -1)}p`],
    ['another curve', { ...jwk, crv: 'X25519' }],
    ['an RSA key', { kty: 'RSA', n: 'AQAB', e: 'AQAB' }],
    ['a private key', generateSigningKey().privateJwk],
    ['the neutral element', hexKey('01' + '00'.repeat(31))],
    ['a y beyond the field', hexKey('ee' + 'ff'.repeat(30) + '7f')],
    ['bytes that are no point', hexKey('02' + '00'.repeat(31))],
  ])('refuses %s with a pointer', (_name, value) => {
    const refusal = catchError(() => parseEd25519PublicKey(value, '/public_key'));
    expect(refusal.code).toBe('validation_failed');
    expect(refusal.fields).toEqual([{ pointer: '/public_key', message: expect.any(String) }]);
  });

  it.each([
    ['order 1', '0100000000000000000000000000000000000000000000000000000000000000'],
    ['order 2', 'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'],
    ['order 4', '0000000000000000000000000000000000000000000000000000000000000000'],
    ['order 4, other sign', '0000000000000000000000000000000000000000000000000000000000000080'],
    ['order 8', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'],
    ['order 8, other sign', '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85'],
    ['order 8, negated', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'],
    ['order 8, negated, other sign', 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa'],
  ])('knows the small-order point of %s', (_name, hex) => {
    expect(ed25519PointProblem(Buffer.from(hex, 'hex'))).toBe('is a point of small order');
  });

  it('accepts every key that the runtime makes', () => {
    const keys = Array.from({ length: 50 }, () => generateSigningKey());
    keys.forEach((key) => expect(parseEd25519PublicKey(key.jwk.x).kid).toBe(key.kid));
    expect(new Set(keys.map((key) => key.kid)).size).toBe(50);
  });
});

function hexKey(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}

function catchError(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
