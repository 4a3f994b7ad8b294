import { run } from '../app/program';

/** Runs a command in this process, without a terminal. */
export async function runHere(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) => ({ write: (text: string) => (written[name] += text) });
  const code = await run(args, {
    ...{ stdin: () => process.stdin, stdout: sink('stdout'), stderr: sink('stderr') },
    ...{ environment, signal: new AbortController().signal },
  });
  return { code, ...written };
}
