/** Exit codes of `aitbc`; scripts rely on them, so that a number never changes its meaning. */
export const EXIT = {
  ok: 0,
  /** What was asked for was done and came to a bad end: a failed execution, a receipt that is not valid. */
  failed: 1,
  /** The command line or a file named on it cannot be understood. */
  usage: 2,
  notFound: 3,
  /** No key, a wrong key, or one whose role does not allow it. */
  auth: 4,
  /** The platform refused the content of a request. */
  invalid: 5,
  /** The present state does not allow it, or the result is not there yet. */
  conflict: 6,
  /** No platform answers, or it cannot now. */
  unavailable: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something that the person at the terminal should read: no stack is shown for it. */
export class CliError extends Error {
  constructor(
    message: string,
    readonly exitCode: ExitCode,
    /** What to do about it. */
    readonly hint?: string,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

/** One bad field of a request. */
export interface FieldProblem {
  /** JSON Pointer into the body, or `?name` of a query parameter. */
  readonly pointer: string;
  readonly message: string;
  /** Where the field is in the file that was sent, as `file:line:column`. */
  readonly at?: string;
}

/** The platform's refusal (RFC 9457). */
export class ApiProblem extends CliError {
  constructor(
    readonly status: number,
    message: string,
    readonly fields: readonly FieldProblem[] = [],
    hint: string | undefined = hintFor(status),
  ) {
    super(message, exitCodeOf(status), hint);
  }

  /** The same refusal with its fields found in a file. */
  locatedBy(locate: (pointer: string) => string | undefined): ApiProblem {
    const fields = this.fields.map((field) => ({ ...field, at: locate(field.pointer) }));
    return new ApiProblem(this.status, this.message, fields, this.hint);
  }
}

const EXIT_OF_STATUS: Readonly<Record<number, ExitCode>> = {
  401: EXIT.auth,
  403: EXIT.auth,
  404: EXIT.notFound,
  409: EXIT.conflict,
  412: EXIT.conflict,
  425: EXIT.conflict,
  429: EXIT.unavailable,
};

function exitCodeOf(status: number): ExitCode {
  return EXIT_OF_STATUS[status] ?? (status >= 500 ? EXIT.unavailable : EXIT.invalid);
}

function hintFor(status: number): string | undefined {
  if (status === 401) return 'Run `aitbc login`, or give a key by --key or AITBC_KEY.';
  if (status === 403) return 'Use a key whose role allows it.';
  return undefined;
}
