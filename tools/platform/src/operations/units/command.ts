import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Standard output of a program of the machine.
 * @throws Error with what it has said, when it fails
 */
export async function outputOf(program: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await run(program, args, {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C.UTF-8' },
  });
  return stdout || stderr;
}
