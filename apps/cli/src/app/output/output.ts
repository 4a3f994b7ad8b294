import { ApiProblem, CliError, EXIT, type ExitCode, type FieldProblem } from '../errors';
import { messageOf } from '../json';
import { plain, Style } from './style';

/** A stream that texts are written to: standard output or standard error. */
export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export interface OutputOptions {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly json: boolean;
  /** For standard output. */
  readonly style: Style;
}

/**
 * Where results and notes go. Results go to standard output; with `json` as one JSON document and nothing else. Notes
 * and errors go to standard error, so that a pipe gets results only.
 */
export class Output {
  readonly json: boolean;
  readonly style: Style;

  constructor(private readonly options: OutputOptions) {
    this.json = options.json;
    this.style = options.style;
  }

  /** @param render the same for people. */
  result(value: unknown, render: () => string): void {
    this.options.stdout.write(`${this.json ? JSON.stringify(value ?? null, null, 2) : render()}\n`);
  }

  /** One of many results, each on its line. */
  line(value: unknown, render: () => string): void {
    this.options.stdout.write(`${this.json ? JSON.stringify(value) : render()}\n`);
  }

  /** A remark for people. */
  note(text: string): void {
    if (!this.json) this.options.stderr.write(`${text}\n`);
  }

  /** What may be a mistake, and does not keep the command from what it does. */
  warn(field: FieldProblem): void {
    this.note(`warning:${fieldText(field).slice(1)}`);
  }

  /** Tells about an error and gives the exit code that belongs to it. */
  fail(error: unknown): ExitCode {
    const known = error instanceof CliError ? error : unexpected(error);
    this.options.stderr.write(`${this.json ? errorJson(known) : errorText(known)}\n`);
    return known.exitCode;
  }
}

function unexpected(error: unknown): CliError {
  return new CliError(messageOf(error), EXIT.failed);
}

function errorText(error: CliError): string {
  const fields = error instanceof ApiProblem ? error.fields.map(fieldText) : [];
  const message = error.message.split('\n').map(plain).join('\n');
  return [`aitbc: ${message}`, ...fields, ...(error.hint === undefined ? [] : [error.hint])].join('\n');
}

/** Where the field is, what it is, and what is wrong with it. */
function fieldText({ pointer, message, at }: FieldProblem): string {
  return plain(`  ${at === undefined ? '' : `${at}  `}${pointer} ${message}`);
}

function errorJson(error: CliError): string {
  const problem = error instanceof ApiProblem ? { status: error.status, errors: error.fields } : {};
  return JSON.stringify({ error: error.message, hint: error.hint, exit_code: error.exitCode, ...problem });
}
