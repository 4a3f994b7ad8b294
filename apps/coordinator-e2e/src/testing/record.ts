import { appendFileSync, readFileSync } from 'node:fs';

// jscpd:ignore-start — each suite is frozen by itself with the release that it judges, so they share no code.
/** An answer that a client of the suite has got. */
export interface Seen {
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly status: number;
}

/** A status that this service could not be brought to answer. */
interface Waived {
  readonly waived: number;
  readonly reason: string;
}

/** Keeps an answer for the judgement at the end of the run. */
export function record(method: string, url: string, status: number): void {
  write({ method, path: url.split('?')[0] ?? url, status });
}

/** Says aloud that a status is not judged in this run, and why. */
export function waive(status: number, reason: string): void {
  process.stderr.write(`\n${status} is not judged: ${reason}\n`);
  write({ waived: status, reason });
}

export function recorded(): { readonly seen: readonly Seen[]; readonly waived: ReadonlySet<number> } {
  const lines = readFileSync(file(), 'utf8').split('\n').filter(Boolean);
  const entries = lines.map((line) => JSON.parse(line) as Seen | Waived);
  return {
    seen: entries.filter((entry): entry is Seen => 'status' in entry),
    waived: new Set(entries.flatMap((entry) => ('waived' in entry ? [entry.waived] : []))),
  };
}

// One short write for each line, which the system appends whole: the workers of Jest share the file.
function write(entry: Seen | Waived): void {
  appendFileSync(file(), `${JSON.stringify(entry)}\n`);
}

function file(): string {
  const path = process.env['E2E_RECORD'];
  if (path === undefined) throw new Error('the set-up of the suite names a file in E2E_RECORD');
  return path;
}
// jscpd:ignore-end
