/** Literals, quoted names and comments are matched first, so that a `$1` inside them stays as it is. */
const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\d+)/g;

/** Turns `$1` into `?1`: SQLite takes `$1` for a name and numbers it by its first appearance, not by its digits. */
export function numberedPlaceholders(sql: string): string {
  return sql.replace(TOKENS, (token: string, digits: string | undefined) => (digits ? `?${digits}` : token));
}
