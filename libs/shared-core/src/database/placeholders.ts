/** Literals, quoted names and comments are matched first, so that a `$1` inside them stays as it is. */
const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\d+)/g;

/** Puts in place of each `$1` what `nameOf` gives for its number. */
export function namedPlaceholders(sql: string, nameOf: (digits: string) => string): string {
  return sql.replace(TOKENS, (token: string, digits: string | undefined) => (digits ? nameOf(digits) : token));
}

/** Turns `$1` into `?1`: SQLite takes `$1` for a name and numbers it by its first appearance, not by its digits. */
export function numberedPlaceholders(sql: string): string {
  return namedPlaceholders(sql, (digits) => `?${digits}`);
}
