import { readFileSync, readSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { CliError, EXIT } from '../errors';
import { isRecord, type JsonRecord, messageOf } from '../json';

/** Read from standard input. */
const STANDARD_INPUT = '-';
const CHUNK_BYTES = 65_536;
const PAUSE_MS = 10;
const NEVER_CHANGED = new Int32Array(new SharedArrayBuffer(4));

/** An object out of a JSON or YAML file, which knows where its fields are. */
export interface SourceDocument {
  readonly value: JsonRecord;
  /** `file:line:column` of what a JSON Pointer names, or of the nearest thing around it that is there. */
  readonly locate: (pointer: string) => string | undefined;
}

/**
 * The object in a JSON or YAML file; JSON is read as the YAML that it is.
 * @param file a path, or `-` for standard input.
 * @throws CliError that names file, line and column when it is neither, or holds no object.
 */
export function readDocument(file: string): SourceDocument {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  const name = nameOf(file);
  const position = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}:${line}:${col}`;
  };
  const [error] = document.errors;
  if (error) throw new CliError(`${position(error.pos[0])}: ${error.message}`, EXIT.usage);
  const value = toValue(document, name);
  return {
    value,
    locate: (pointer) => {
      const offset = offsetOf(document, segmentsOf(pointer));
      return offset === undefined ? undefined : position(offset);
    },
  };
}

/** @throws CliError when the file cannot be read, or is no text in UTF-8. */
export function readText(file: string): string {
  const bytes = readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliError(`${nameOf(file)} is not a text in UTF-8.`, EXIT.usage);
  }
}

function readBytes(file: string): Buffer {
  try {
    return file === STANDARD_INPUT ? readStandardInput() : readFileSync(file);
  } catch (error) {
    throw new CliError(`${nameOf(file)} cannot be read: ${messageOf(error)}.`, EXIT.usage);
  }
}

function nameOf(file: string): string {
  return file === STANDARD_INPUT ? 'standard input' : file;
}

/** To its end. A pipe that another program made non-blocking says EAGAIN while nothing is in it. */
function readStandardInput(): Buffer {
  const parts: Buffer[] = [];
  for (;;) {
    const part = Buffer.alloc(CHUNK_BYTES);
    const length = readAvailable(part);
    if (length === 0) return Buffer.concat(parts);
    if (length === undefined) Atomics.wait(NEVER_CHANGED, 0, 0, PAUSE_MS);
    else parts.push(part.subarray(0, length));
  }
}

function readAvailable(part: Buffer): number | undefined {
  try {
    return readSync(0, part);
  } catch (error) {
    if (isRecord(error) && error['code'] === 'EAGAIN') return undefined;
    throw error;
  }
}

type YamlDocument = ReturnType<typeof parseDocument>;

function toValue(document: YamlDocument, name: string): JsonRecord {
  const value = plainValue(document, name);
  if (!isRecord(value)) throw new CliError(`${name} must hold one object.`, EXIT.usage);
  return value;
}

/** Aliases of aliases could grow without bound; the parser refuses too many when it resolves them. */
function plainValue(document: YamlDocument, name: string): unknown {
  try {
    return document.toJS() as unknown;
  } catch (error) {
    throw new CliError(`${name}: ${messageOf(error)}`, EXIT.usage);
  }
}

function segmentsOf(pointer: string): string[] | undefined {
  if (!pointer.startsWith('/')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function offsetOf(document: YamlDocument, segments: string[] | undefined): number | undefined {
  for (let path = segments; path; path = path.length > 0 ? path.slice(0, -1) : undefined) {
    const node: unknown = path.length > 0 ? document.getIn(path, true) : document.contents;
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}
