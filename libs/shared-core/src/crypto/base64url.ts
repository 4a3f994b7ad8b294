const ALPHABET = /^[A-Za-z0-9_-]*$/;

export function encodeBase64url(data: string | Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}

/**
 * The bytes of a base64url text (RFC 4648 §5, without padding), or `undefined` when the text is not exactly what
 * {@link encodeBase64url} makes of them. Node's decoder ignores unused last bits and foreign characters, so that several
 * texts would stand for one signature: whoever changes one character could then still show a valid receipt.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  if (!ALPHABET.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
