import { generateKeyPairSync, sign } from 'node:crypto';

export interface SelfSigned {
  /** Private key and certificate in PEM. */
  readonly key: string;
  readonly cert: string;
}

const DAY_MS = 86_400_000;
/** Object identifiers in DER: ecdsa-with-SHA256, commonName, subjectAltName. */
const ECDSA_SHA256 = '06082a8648ce3d040302';
const COMMON_NAME = '0603550403';
const SUBJECT_ALT_NAME = '0603551d11';

/** A certificate (X.509, RFC 5280) for one name that nobody vouches for, good for some days around now. */
export function selfSigned(name: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const algorithm = tagged(0x30, hex(ECDSA_SHA256));
  const text = tagged(0x0c, Buffer.from(name));
  const who = tagged(0x30, tagged(0x31, tagged(0x30, hex(COMMON_NAME), text)));
  const validity = tagged(0x30, utcTime(Date.now() - DAY_MS), utcTime(Date.now() + DAY_MS));
  const names = tagged(0x04, tagged(0x30, tagged(0x82, Buffer.from(name))));
  const extensions = tagged(0xa3, tagged(0x30, tagged(0x30, hex(SUBJECT_ALT_NAME), names)));
  const version = tagged(0xa0, tagged(0x02, hex('02')));
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const signed = tagged(0x30, version, tagged(0x02, hex('01')), algorithm, who, validity, who, spki, extensions);
  const signature = tagged(0x03, hex('00'), sign('sha256', signed, privateKey));
  return {
    key: String(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    cert: pem(tagged(0x30, signed, algorithm, signature)),
  };
}

/** One element in DER: tag, length, content. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function hex(text: string): Buffer {
  return Buffer.from(text, 'hex');
}

/** `YYMMDDHHMMSSZ`. */
function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/[-T:]/g, '').slice(2, 14);
  return tagged(0x17, Buffer.from(`${digits}Z`));
}

function pem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
