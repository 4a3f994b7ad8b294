import { OperatorError } from '@aitbc/operator-programs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { programEnvironment } from '../environment';

type PostgresTool = 'pg_dump' | 'pg_restore';

/** The end of what a tool has complained of. */
const KEPT_COMPLAINT = 2_000;

/**
 * The major version of a tool of PostgreSQL's.
 * @throws OperatorError when it is not there
 */
export async function toolVersion(tool: PostgresTool): Promise<number> {
  const { output } = await runTool(tool, ['--version']).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new OperatorError(`${tool} is not there: install PostgreSQL's client (apt-get install postgresql-client)`, {
      cause,
    });
  });
  const [, major] = / (\d+)[.\w]/.exec(output) ?? [];
  if (major === undefined) throw new OperatorError(`${tool} does not tell its version: ${output.trim()}`);
  return Number(major);
}

/**
 * A tool may be newer than the server, and not older.
 * @throws OperatorError that names both
 */
export async function assertToolFits(tool: PostgresTool, serverMajor: number): Promise<number> {
  const major = await toolVersion(tool);
  if (major >= serverMajor) return major;
  throw new OperatorError(
    `${tool} is of PostgreSQL ${major}, the server is ${serverMajor}: install postgresql-client-${serverMajor} or newer`,
  );
}

/**
 * Runs a tool on a database. The password goes by the environment: the command line can be read by everybody.
 * @throws OperatorError with what it complained of
 */
export async function runOnDatabase(tool: PostgresTool, url: string, args: readonly string[]): Promise<void> {
  const open = new URL(url);
  const password = decodeURIComponent(open.password);
  open.password = '';
  const variables: Record<string, string> = password === '' ? {} : { PGPASSWORD: password };
  const { code, complaint } = await runTool(tool, [`--dbname=${open.href}`, '--no-password', ...args], variables);
  if (code !== '0') throw new OperatorError(`${tool} ended with ${code}:\n${complaint}`);
}

/** @throws OperatorError with what it complained of */
export async function runOnFile(tool: PostgresTool, args: readonly string[]): Promise<void> {
  const { code, complaint } = await runTool(tool, args);
  if (code !== '0') throw new OperatorError(`${tool} ended with ${code}:\n${complaint}`);
}

async function runTool(tool: PostgresTool, args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const child = spawn(tool, args, {
    env: { ...programEnvironment(), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, complaint] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => (complaint = (complaint + text).slice(-KEPT_COMPLAINT)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code: String(code ?? signal), output, complaint };
}
