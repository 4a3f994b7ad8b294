/** An instant as clients read it: RFC 3339, UTC, with milliseconds; null stays null. Inside, times are milliseconds. */
export function timeText(ms: number): string;
export function timeText(ms: number | null): string | null;
export function timeText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
