import { createPrivateKey, createPublicKey, generateKeyPairSync, KeyObject } from 'node:crypto';
import { validationFailed } from '../errors/app-error';
import { decodeBase64url } from './base64url';
import { ed25519PointProblem } from './ed25519-point';
import { sha256Bytes } from './sha256';

/** An Ed25519 public key as a JSON Web Key (RFC 8037); `x` is base64url of the 32 raw bytes. */
export interface Ed25519PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

/** The same with the secret part `d`, base64url of the 32 bytes of the seed. */
export interface Ed25519PrivateJwk extends Ed25519PublicJwk {
  readonly d: string;
}

export interface VerifyingKey {
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
  readonly jwk: Ed25519PublicJwk;
  readonly publicKey: KeyObject;
}

export interface SigningKey extends VerifyingKey {
  readonly privateKey: KeyObject;
  /** Secret: goes to the key store and nowhere else. */
  readonly privateJwk: Ed25519PrivateJwk;
}

/** A new random key pair. */
export function generateSigningKey(): SigningKey {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  if (d === undefined || x === undefined) throw new Error('the runtime made an Ed25519 key without its parts');
  return signingKeyFrom({ kty: 'OKP', crv: 'Ed25519', x, d });
}

/** The usable key pair of a stored private JWK. */
export function signingKeyFrom(privateJwk: Ed25519PrivateJwk): SigningKey {
  const privateKey = createPrivateKey({ format: 'jwk', key: { ...privateJwk } });
  return { ...verifyingKeyFrom(privateJwk), privateKey, privateJwk };
}

/** The usable public key of a JWK that is known to be sound. */
export function verifyingKeyFrom({ x }: Ed25519PublicJwk): VerifyingKey {
  const jwk: Ed25519PublicJwk = { kty: 'OKP', crv: 'Ed25519', x };
  return { kid: jwkThumbprint(jwk), jwk, publicKey: createPublicKey({ format: 'jwk', key: { ...jwk } }) };
}

/** RFC 7638 thumbprint: base64url SHA-256 over the required members in lexical order. It serves as `kid`. */
export function jwkThumbprint({ crv, kty, x }: Ed25519PublicJwk): string {
  return sha256Bytes(JSON.stringify({ crv, kty, x })).toString('base64url');
}

/**
 * The public key that a client sent, as a JWK or as base64url of the 32 raw bytes.
 * @param pointer JSON Pointer to the field, for the error.
 * @throws AppError `validation_failed` when it is no Ed25519 public key, holds the private part, or is a weak point.
 */
export function parseEd25519PublicKey(value: unknown, pointer = ''): VerifyingKey {
  const refuse = (message: string): never => {
    throw validationFailed([{ pointer, message }]);
  };
  const x = typeof value === 'string' ? value : (publicPartOf(value) ?? refuse(EXPECTED));
  if (holdsPrivatePart(value)) return refuse('must not hold the private part `d`: consider that key disclosed');
  const bytes = decodeBase64url(x);
  if (bytes?.length !== 32) return refuse(EXPECTED);
  const problem = ed25519PointProblem(bytes);
  return problem === undefined ? verifyingKeyFrom({ kty: 'OKP', crv: 'Ed25519', x }) : refuse(`the key ${problem}`);
}

const EXPECTED = 'must be an Ed25519 public key: a JWK {kty: "OKP", crv: "Ed25519", x}, or base64url of its 32 bytes';

function publicPartOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kty, crv, x } = value as Record<string, unknown>;
  return kty === 'OKP' && crv === 'Ed25519' && typeof x === 'string' ? x : undefined;
}

function holdsPrivatePart(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'd' in value;
}
