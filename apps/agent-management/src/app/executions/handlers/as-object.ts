import type { JsonObject, JsonValue } from '@aitbc/shared-domain';

/** The value if it is a JSON object, else an empty one. */
export function asObject(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
