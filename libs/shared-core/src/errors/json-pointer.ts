/** JSON Pointer (RFC 6901) to the value that is reached through these keys and indexes. */
export function pointerTo(path: readonly (string | number)[]): string {
  return path.map((token) => `/${escapeToken(String(token))}`).join('');
}

/** `base` with one more key or index. */
export function pointerInto(base: string, token: string | number): string {
  return `${base}/${escapeToken(String(token))}`;
}

function escapeToken(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1');
}
