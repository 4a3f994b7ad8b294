/** RFC 3339, UTC, with milliseconds. */
export const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Fields that every stored object answers. */
export function stored(ownerId: string) {
  return {
    id: expect.any(String),
    owner_id: ownerId,
    created_at: expect.stringMatching(INSTANT),
    updated_at: expect.stringMatching(INSTANT),
  };
}

/** An id with its type's prefix over a UUID v7. */
export function idOf(prefix: string): RegExp {
  return new RegExp(`^${prefix}_[0-9a-f]{8}-?[0-9a-f]{4}-?7[0-9a-f]{3}-?[0-9a-f]{4}-?[0-9a-f]{12}$`);
}
