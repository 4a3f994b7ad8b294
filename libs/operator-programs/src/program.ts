import { OperatorError, UsageError } from './errors';

/** Runs a program that a person calls: its exit code is what `main` gives, 1 for what the operator can mend, 2 for a wrong call. */
export function runProgram(usage: string, main: (args: string[]) => Promise<number> | number): void {
  Promise.resolve()
    .then(() => main(process.argv.slice(2)))
    .then(
      (code) => {
        process.exitCode = code;
      },
      (error: unknown) => {
        const asked = isUsage(error);
        process.stderr.write(`${messageOf(error)}\n${asked ? `${usage}\n` : ''}`);
        process.exitCode = asked ? 2 : 1;
      },
    );
}

function isUsage(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return error instanceof UsageError || (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS'));
}

function messageOf(error: unknown): string {
  if (error instanceof OperatorError) return error.message;
  return error instanceof Error ? (isUsage(error) ? error.message : (error.stack ?? error.message)) : String(error);
}
