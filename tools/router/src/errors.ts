/** Something that the operator can mend; its message is all that is shown. */
export class RouterError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RouterError';
  }
}

/** The command line is not right: exit code 2. */
export class UsageError extends RouterError {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
