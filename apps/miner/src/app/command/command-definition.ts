import { RequestSchema } from '../executors/request-schema';

/** One kind of job that the operator lets clients run as a program. Documented in the README of the miner. */
export interface CommandDefinition {
  /** Kind of job, e.g. `ffmpeg`. */
  readonly kind: string;
  /** Program: a name that is looked up in PATH, or a path. */
  readonly command: string;
  /** How the program shows at start that it runs: must exit with 0 within 30 s. */
  readonly probe_args: readonly string[];
  /** One argument each; a list in the list is left out whole when a value in it was not given. */
  readonly args: readonly (string | readonly string[])[];
  /** JSON Schema 2020-12 of the request; its defaults apply. */
  readonly schema: { readonly properties?: Readonly<Record<string, unknown>>; readonly [keyword: string]: unknown };
  /** Texts for values, by field: `{"codec": {"h264": "libx264"}}`. A value that is not listed stands for itself. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly inputs: Readonly<Record<string, InputDefinition>>;
  /** Name of the input that the program reads as its standard input. */
  readonly stdin?: string;
  readonly outputs: Readonly<Record<string, OutputDefinition>>;
  /** Whether standard output is part of the result, as text. */
  readonly stdout: boolean;
  /** Environment variables of the program, beside PATH, HOME, TMPDIR and LANG. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeout_seconds: number;
  /** Standard output and output files together. */
  readonly max_output_bytes: number;
  readonly models: readonly string[];
}

/** A file made before the program starts, from a field of the request: a URL to fetch, or the text itself. */
export interface InputDefinition {
  readonly url?: string;
  readonly text?: string;
  readonly max_bytes: number;
  /** Extension of the file's name, without a dot; some programs tell formats by it. */
  readonly extension?: string;
}

/** What the program leaves: one file, or every file of a folder. Names and media types may hold placeholders. */
export interface OutputDefinition {
  readonly file?: string;
  readonly directory?: string;
  readonly media_type: string;
}

const NAME = { type: 'string', pattern: '^[a-z][a-z0-9_]{0,63}$' };
const TEXT = { type: 'string', minLength: 1, maxLength: 4096 };
const NAMES = { propertyNames: NAME };
const MIB = 1024 * 1024;

const INPUT = {
  type: 'object',
  additionalProperties: false,
  oneOf: [{ required: ['url'] }, { required: ['text'] }],
  properties: {
    url: NAME,
    text: NAME,
    max_bytes: { type: 'integer', minimum: 1, default: 64 * MIB },
    extension: { type: 'string', pattern: '^[A-Za-z0-9]{1,16}$' },
  },
};

const OUTPUT = {
  type: 'object',
  additionalProperties: false,
  required: ['media_type'],
  oneOf: [{ required: ['file'] }, { required: ['directory'] }],
  properties: { file: TEXT, directory: NAME, media_type: TEXT },
};

const COMMAND = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'command', 'args', 'schema'],
  properties: {
    kind: NAME,
    command: TEXT,
    probe_args: { type: 'array', items: TEXT, default: ['--version'] },
    args: { type: 'array', items: { anyOf: [TEXT, { type: 'array', minItems: 1, items: TEXT }] } },
    schema: { type: 'object' },
    values: {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: { type: 'string' } },
      default: {},
    },
    inputs: { type: 'object', ...NAMES, additionalProperties: INPUT, default: {} },
    stdin: NAME,
    outputs: { type: 'object', ...NAMES, additionalProperties: OUTPUT, default: {} },
    stdout: { type: 'boolean', default: false },
    env: { type: 'object', additionalProperties: { type: 'string' }, default: {} },
    timeout_seconds: { type: 'number', exclusiveMinimum: 0, maximum: 86_400, default: 600 },
    max_output_bytes: { type: 'integer', minimum: 1, maximum: 512 * MIB, default: MIB / 2 },
    models: { type: 'array', items: TEXT, default: [] },
  },
};

/** Checks and completes a command file's content. */
export const COMMAND_FILE = new RequestSchema<{ readonly commands: readonly CommandDefinition[] }>({
  type: 'object',
  additionalProperties: false,
  required: ['commands'],
  properties: { commands: { type: 'array', items: COMMAND } },
});
