/** RFC 3339, UTC, with milliseconds. */
export const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** An id with its type's prefix over a UUID v7. */
export function idOf(prefix: string): RegExp {
  return new RegExp(`^${prefix}_[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$`);
}
