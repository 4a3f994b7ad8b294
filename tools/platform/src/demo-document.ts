import { readFileSync } from 'node:fs';

/**
 * The text of a document.
 * @throws Error that names the file when it cannot be read, is no UTF-8 text, or has nothing in it.
 */
export function readDocument(file: string): string {
  const text = decode(file, readBytes(file));
  if (text.trim() === '') throw new Error(`The document ${file} is empty: there is nothing to analyse.`);
  return text;
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The document ${file} cannot be read: ${message}`, { cause });
  }
}

function decode(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Error(`The document ${file} is not a text in UTF-8.`, { cause });
  }
}
