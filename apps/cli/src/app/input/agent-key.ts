import { createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { CliError, EXIT } from '../errors';
import { messageOf } from '../json';
import { readDocument } from './document';

/**
 * The Ed25519 public key (base64url) of the private JWK in a file. Where there is no file, a new key is made and kept
 * there before anybody is told of it, so that a registration which failed can be repeated.
 * @throws CliError when the file holds no such key, or cannot be written.
 */
export function publicKeyFrom(file: string): string {
  return existsSync(file) ? readPublicKey(file) : makeKey(file);
}

function readPublicKey(file: string): string {
  const { crv, x } = publicPart(file);
  if (crv === 'Ed25519' && x !== undefined) return x;
  throw new CliError(`${file} holds no Ed25519 key.`, EXIT.usage);
}

function publicPart(file: string): JsonWebKey {
  const { value } = readDocument(file);
  try {
    return createPublicKey(createPrivateKey({ key: { ...value }, format: 'jwk' })).export({ format: 'jwk' });
  } catch {
    throw new CliError(`${file} holds no private key as a JWK.`, EXIT.usage);
  }
}

function makeKey(file: string): string {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  try {
    // Never in the place of another key, and for its owner's eyes only.
    writeFileSync(file, `${JSON.stringify(jwk, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new CliError(`The key cannot be kept: ${messageOf(error)}.`, EXIT.usage);
  }
  return jwk.x ?? '';
}
