import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process runs: neither absent nor a zombie that nobody has reaped yet. */
export function isRunning(pid: number): boolean {
  const status = statusOf(pid);
  return status !== undefined && status.state !== 'Z';
}

/** Every process that `pid` has started, and those that they have started. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map(allPids().map((each) => [each, statusOf(each)?.parent]));
  const childrenOf = (of: number): number[] =>
    [...parents].filter(([, parent]) => parent === of).map(([child]) => child);
  const found = childrenOf(pid);
  // The list grows while it is walked.
  for (const child of found) found.push(...childrenOf(child));
  return found;
}

/** Processes in whose environment `text` stands: what a test's own processes have started, whoever their parent is now. */
export function processesWith(text: string): number[] {
  return allPids().filter((pid) => isRunning(pid) && readProc(pid, 'environ')?.includes(text));
}

function allPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function statusOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  // The name of the program comes before, in brackets, and may hold anything.
  const [state, parent] =
    readProc(pid, 'stat')
      ?.replace(/^.*\) /s, '')
      .split(' ') ?? [];
  return state === undefined ? undefined : { state, parent: Number(parent) };
}

/** `undefined` for a process that has gone, or is another user's. */
function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
