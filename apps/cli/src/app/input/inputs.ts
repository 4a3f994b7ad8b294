import { CliError, EXIT } from '../errors';
import type { JsonRecord } from '../json';
import { readDocument, readText } from './document';

export interface InputFlags {
  /** `name=value` each. */
  readonly input?: readonly string[];
  /** A JSON or YAML file. */
  readonly inputs?: string;
  /** A text file. */
  readonly text?: string;
}

/**
 * Inputs of a workflow or a job, or `undefined` when none are given. Those of the file come first; a text file is the
 * input `text`; single ones win.
 * @throws CliError for an input without a name, or a file that cannot be read.
 */
export function readInputs({ input = [], inputs, text }: InputFlags): JsonRecord | undefined {
  if (input.length === 0 && inputs === undefined && text === undefined) return undefined;
  return {
    ...(inputs !== undefined && readDocument(inputs).value),
    ...(text !== undefined && { text: readText(text) }),
    ...Object.fromEntries(input.map(parseInput)),
  };
}

/** A value that is JSON is taken as such (`count=3`, `tags=["a"]`, `id="007"`); any other is a string. */
function parseInput(text: string): [string, unknown] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new CliError(`'${text}' is not name=value.`, EXIT.usage);
  }
  return [name, parseValue(value)];
}

/** JSON where it is, else the text itself. */
export function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
