import { readFileSync } from 'node:fs';

/** Values by name. */
export type Variables = Readonly<Record<string, string>>;

/** `KEY=`, then any number of quoted texts, then text without quotes up to the end of the line. */
const ASSIGNMENT =
  /^(?![ \t]*[#;])[ \t]*([^\n=]*?)[ \t]*=[ \t]*((?:(?:'[^']*'|"(?:\\[\s\S]|[^"\\])*")[ \t]*)*)((?:\\[\s\S]|[^\n\\])*)$/gm;
const QUOTED = /'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"/g;

/**
 * What systemd reads in an `EnvironmentFile=` (systemd.exec(5)): comments begin a line, a backslash at its end continues it,
 * blanks around a value do not count, single quotes keep all as it is, and a backslash takes the meaning from what follows.
 */
export function parseEnvironmentFile(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(ASSIGNMENT)].map(([, key = '', quoted = '', bare = '']) => [key, unquoted(quoted) + plain(bare)]),
  );
}

function unquoted(text: string): string {
  return [...text.matchAll(QUOTED)].map(([, single, double = '']) => single ?? escaped(double)).join('');
}

/** In double quotes a backslash stays, unless what follows would have a meaning. */
function escaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (both, next: string) =>
    next === '\n' ? '' : '"\\`$'.includes(next) ? next : both,
  );
}

/** Without the blanks at the end, unless a backslash protects them. */
function plain(text: string): string {
  const pieces = text.match(/\\[\s\S]|[^\\]/g) ?? [];
  const last = pieces.findLastIndex((piece) => !' \t'.includes(piece));
  return pieces
    .slice(0, last + 1)
    .map(meaning)
    .join('');
}

function meaning(piece: string): string {
  if (!piece.startsWith('\\')) return piece;
  return piece === '\\\n' ? '' : piece.slice(1);
}

/** The variables of an environment file; none of one that is not there. */
export function readEnvironmentFile(path: string): Variables {
  try {
    return parseEnvironmentFile(readFileSync(path, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
