import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { RouterError, UsageError } from './errors';

/** Where a router is, unless told otherwise: beside a checkout, or installed on this machine. */
const FOLDERS = ['var/router', '/var/lib/aitbc/router'];

/** Whole path of the router's folder. */
export function routerFolder(given: string | undefined): string {
  return resolve(given ?? FOLDERS.find((folder) => existsSync(folder)) ?? 'var/router');
}

/** Runs a program of the router: its exit code is what `main` gives, 1 for what the operator can mend, 2 for a wrong call. */
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
  if (error instanceof RouterError) return error.message;
  return error instanceof Error ? (isUsage(error) ? error.message : (error.stack ?? error.message)) : String(error);
}
