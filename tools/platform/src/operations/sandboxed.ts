import type { ChildProcess } from 'node:child_process';

/** What runs a command as another user of this machine, which root alone can become; nothing for who is not root. */
export function asUser(uid: number | string, gid: number | string = uid): string[] {
  if (process.getuid?.() !== 0) return [];
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--inh-caps=-all', '--bounding-set=-all'];
}

/** Ends a detached process with all that it has started, unless it has ended. */
export function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  process.kill(-pid, 'SIGKILL');
}
