import { sign, verify } from 'node:crypto';
import { decodeBase64url, encodeBase64url } from './base64url';
import { SigningKey, VerifyingKey } from './ed25519';

/**
 * Compact JWS (RFC 7515) with Ed25519 (RFC 8037). Signing is `node:crypto`'s own, which is synchronous (about 50 µs)
 * and so may stand inside a unit of work of the database; jose goes through the thread pool, where a unit would wait
 * behind file reads and password hashes. It would also accept base64url texts that are not canonical.
 */
export interface JwsHeader {
  readonly alg: 'EdDSA';
  readonly kid?: string;
  readonly typ?: string;
}

export interface VerifiedJws {
  readonly header: JwsHeader;
  /** The signed text, as it is; parse it only after verification. */
  readonly payload: string;
  /** The key that verified it. */
  readonly kid: string;
}

export type JwsProblem = 'malformed' | 'unsupported_algorithm' | 'unknown_key' | 'bad_signature';

export class JwsError extends Error {
  constructor(
    readonly problem: JwsProblem,
    message: string,
  ) {
    super(message);
    this.name = 'JwsError';
  }
}

/** Finds the key for a `kid`; a JWS without one asks with `undefined`. */
export type KeyFinder = (kid: string | undefined) => VerifyingKey | undefined;

/** Signs a text, which for receipts is canonical JSON. `typ` says what is signed, so that one kind cannot pass for another. */
export function signJws(payload: string, key: SigningKey, typ: string): string {
  const signed = `${encodeBase64url(JSON.stringify({ alg: 'EdDSA', kid: key.kid, typ }))}.${encodeBase64url(payload)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key.privateKey).toString('base64url')}`;
}

/**
 * The content of a compact JWS, once its signature is verified. `typ` of the header must be the given one, if given.
 * @throws JwsError
 */
export function verifyJws(jws: string, findKey: KeyFinder, typ?: string): VerifiedJws {
  const parts = jws.split('.');
  const [headerPart = '', payloadPart = '', signaturePart = ''] = parts;
  if (parts.length !== 3) throw new JwsError('malformed', 'a compact JWS has three parts');
  const header = parseHeader(textOf(headerPart, 'header'));
  const payload = textOf(payloadPart, 'payload');
  const signature = bytesOf(signaturePart, 'signature');
  if (typ !== undefined && header.typ !== typ) throw new JwsError('malformed', `typ must be ${typ}`);
  const key = findKey(header.kid);
  if (!key) throw new JwsError('unknown_key', `no key ${header.kid ?? '(unnamed)'}`);
  if (!verify(null, Buffer.from(`${headerPart}.${payloadPart}`), key.publicKey, signature)) {
    throw new JwsError('bad_signature', 'the signature does not match');
  }
  return { header, payload, kid: key.kid };
}

function bytesOf(part: string, name: string): Buffer {
  const bytes = decodeBase64url(part);
  if (!bytes || bytes.length === 0) throw new JwsError('malformed', `the ${name} is not canonical base64url`);
  return bytes;
}

function textOf(part: string, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(part, name));
  } catch (error) {
    if (error instanceof JwsError) throw error;
    throw new JwsError('malformed', `the ${name} is not UTF-8`);
  }
}

/** Only EdDSA: never an algorithm of the sender's choice. `crit` names extensions we do not have, so it is refused. */
function parseHeader(text: string): JwsHeader {
  const header = parseObject(text);
  const { alg, kid, typ } = header;
  if (alg !== 'EdDSA') throw new JwsError('unsupported_algorithm', 'alg must be EdDSA');
  if ('crit' in header || 'b64' in header) throw new JwsError('malformed', 'header extensions are not supported');
  if (!isTextOrAbsent(kid) || !isTextOrAbsent(typ)) throw new JwsError('malformed', 'kid and typ must be text');
  return { alg, ...(kid === undefined ? {} : { kid }), ...(typ === undefined ? {} : { typ }) };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Falls through to the one error below: a reader gains nothing from the parser's words.
  }
  throw new JwsError('malformed', 'the header is not a JSON object');
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}
