/** What programs that a page of the documentation starts inherit, with what the test sets on top. */
export function environmentFor(changes: Record<string, string>): Record<string, string> {
  const kept = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'];
  const inherited = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...(Object.fromEntries(inherited) as Record<string, string>), ...changes };
}

/** `UPDATE_DOCS=1`: generated pages are written instead of compared. */
export function rewritesDocuments(): boolean {
  return process.env['UPDATE_DOCS'] === '1';
}
