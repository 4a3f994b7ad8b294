const SECRET_NAME = /(api[-_]?key|authorization|cookie|password|secret|session[-_]?token|private[-_]?key|^token$|^jwk$)/i;
/** Shapes of secrets inside free text: our keys, bearer tokens, and passwords in database URLs. */
const SECRET_TEXT: readonly [RegExp, string][] = [
  [/\baitbc_[A-Za-z0-9_-]{20,}/g, '[redacted]'],
  [/\bBearer\s+[A-Za-z0-9._~+/-]+=*/gi, 'Bearer [redacted]'],
  [/(\w+:\/\/[^:/\s]+):[^@\s]+@/g, '$1:[redacted]@'],
];
const MAX_DEPTH = 6;

/** Replaces, in place at the top level, every secret by `[redacted]`: by field name, and by shape inside texts. */
export function redact<T extends object>(entry: T): T {
  for (const [key, value] of Object.entries(entry)) {
    Object.assign(entry, { [key]: redactValue(key, value, 0) });
  }
  return entry;
}

function redactValue(key: string, value: unknown, depth: number): unknown {
  if (SECRET_NAME.test(key) && value !== undefined) return '[redacted]';
  if (typeof value === 'string') return SECRET_TEXT.reduce((text, [shape, mask]) => text.replace(shape, mask), value);
  if (typeof value !== 'object' || value === null || depth >= MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => redactValue('', item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redactValue(name, inner, depth + 1)]));
}
