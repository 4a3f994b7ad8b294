import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';

/** One byte of a text's UTF-8 form that is set to another value. */
export interface ByteChange {
  /** Taken modulo the length of the text. */
  readonly position: number;
  /** What stands there instead. */
  readonly byte: number;
}

/** Mostly printable characters: texts with other bytes are refused before anybody reads what they say. */
export const byteChanges: fc.Arbitrary<ByteChange> = fc.record({
  position: fc.nat(),
  byte: fc.oneof({ arbitrary: fc.integer({ min: 32, max: 126 }), weight: 9 }, fc.integer({ min: 0, max: 255 })),
});

/** The text with that byte set; `undefined` when the bytes are no UTF-8 any more, which no reader accepts. */
export function withChangedByte(text: string, { position, byte }: ByteChange): string | undefined {
  const bytes = Buffer.from(text);
  bytes.writeUInt8(byte, position % bytes.length);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What a JSON document says once that byte of its text is changed; `undefined` when it is no JSON any more. */
export function changedDocument(text: string, change: ByteChange): { readonly value: unknown } | undefined {
  const changed = withChangedByte(text, change);
  if (changed === undefined) return undefined;
  try {
    return { value: JSON.parse(changed) as unknown };
  } catch {
    return undefined;
  }
}

/** Whether two values differ; `1e2` for `100`, or an escape for its character, changes a text but not what it says. */
export function saysSomethingElse(one: unknown, other: unknown): boolean {
  return !isDeepStrictEqual(one, other);
}
