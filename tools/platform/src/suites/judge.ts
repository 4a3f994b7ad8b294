import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inheritedEnvironment } from '../environment';

/**
 * Runs an end-to-end suite, its output on this process's; gives Jest's exit code.
 * @param root of the workspace
 * @param args further arguments of Jest
 * @param variables by which the suite finds what it judges
 */
export async function judge(
  root: string,
  suite: string,
  args: readonly string[],
  variables: Record<string, string>,
): Promise<number> {
  const program = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const jest = spawn(process.execPath, [program, '-c', join('apps', suite, 'jest.config.js'), ...args], {
    cwd: root,
    env: { ...inheritedEnvironment(), ...variables },
    stdio: 'inherit',
  });
  const [code] = (await once(jest, 'close')) as [number | null];
  return code ?? 1;
}
