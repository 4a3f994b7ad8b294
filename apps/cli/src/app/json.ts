export type JsonRecord = Readonly<Record<string, unknown>>;

/** What an error says. Errors of other realms are no instances of our `Error`. */
export function messageOf(error: unknown): string {
  return isRecord(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
