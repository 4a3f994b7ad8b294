import { describeError } from './describe-error';

/** Names of fields whose values are secrets. `public_key` and `kid` are not. */
const SECRET_NAME =
  /(api[-_]?key|(admin|miner|encryption)[-_]?key|authorization|cookie|password|passphrase|secret|(session|access|refresh)[-_]?token|private[-_]?(key|jwk)|^(token|jwk|d)$)/i;

/** Shapes of secrets inside free text, such as the message of an error from a driver. */
const SECRET_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\baitbc_[A-Za-z0-9_-]{20,}/g, '[redacted]'],
  [/\bwhsec_[A-Za-z0-9+/=_-]{20,}/g, '[redacted]'],
  [/\bsk-[A-Za-z0-9_-]{16,}/g, '[redacted]'],
  [/\bBearer\s+[A-Za-z0-9._~+/-]+=*/gi, 'Bearer [redacted]'],
  [/(\w+:\/\/[^:/\s]*):[^\s/]+@/g, '$1:[redacted]@'],
  [/(api[-_]?key["']?\s*[:=]\s*["']?)[^\s"'&,;]+/gi, '$1[redacted]'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g, '[redacted]'],
  [/("d"\s*:\s*")[A-Za-z0-9_-]{43}"/g, '$1[redacted]"'],
];

/** Any of these shapes, and perhaps a little more: nearly every text holds none, and one look at it tells so. */
const MAYBE_SECRET = new RegExp(SECRET_TEXT.map(([shape]) => shape.source).join('|'), 'i');

/** Written by the logger itself, in every line. */
const OWN_FIELDS: ReadonlySet<string> = new Set(['timestamp', 'level', 'service']);

/** Enough for anything worth logging; what lies deeper is left out, since it could not be searched for secrets. */
const MAX_DEPTH = 6;

/**
 * Replaces, in place at the top level, every secret by `[redacted]`: by field name, and by shape inside texts. Errors and
 * dates, which JSON would show as `{}`, are described on the way.
 */
export function redact<T extends object>(entry: T): T {
  for (const [key, value] of Object.entries(entry)) {
    if (OWN_FIELDS.has(key)) continue;
    const redacted = redactValue(key, value, 0);
    if (redacted !== value) Object.assign(entry, { [key]: redacted });
  }
  return entry;
}

/** Verdicts on names: a log has few different ones, and the expression is long. */
const verdicts = new Map<string, boolean>();
const MAX_VERDICTS = 1_000;

function isSecretName(name: string): boolean {
  let verdict = verdicts.get(name);
  if (verdict === undefined) {
    verdict = SECRET_NAME.test(name);
    if (verdicts.size < MAX_VERDICTS) verdicts.set(name, verdict);
  }
  return verdict;
}

function redactValue(key: string, value: unknown, depth: number): unknown {
  if (value !== undefined && isSecretName(key)) return '[redacted]';
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  return depth >= MAX_DEPTH ? '[too deep]' : redactObject(value, depth + 1);
}

function redactObject(value: object, depth: number): unknown {
  if (value instanceof Error) return redactObject(describeError(value), depth);
  if (value instanceof Date) return value;
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redactValue('', item, depth));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, redactValue(name, inner, depth)]));
}

function redactText(text: string): string {
  if (!MAYBE_SECRET.test(text)) return text;
  return SECRET_TEXT.reduce((redacted, [shape, mask]) => redacted.replace(shape, mask), text);
}
