import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What tells a process from every other one, also from a later one with the same number. Unknown parts are empty. */
export interface ProcessIdentity {
  readonly host: string;
  /** A number within a namespace; containers have namespaces of their own. */
  readonly pid: number;
  /** Of the process, in ticks since the machine's start. */
  readonly startedAt: string;
  /** Of the machine's run since it was last started. */
  readonly boot: string;
  readonly namespace: string;
}

/** What stands behind a process number now; `startedAt` is empty where it cannot be read. */
export interface FoundProcess {
  readonly startedAt: string;
}

const PART = /^[A-Za-z0-9.-]*$/;
const PID = /^[1-9]\d{0,9}$/;

export function ownIdentity(): ProcessIdentity {
  return {
    host: hostname()
      .replace(/[^A-Za-z0-9.-]/g, '-')
      .slice(0, 24),
    pid: process.pid,
    startedAt: findProcess(process.pid)?.startedAt ?? '',
    boot: readOr('', () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)),
    namespace: readOr('', () => /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''),
  };
}

/** The name under which a worker of this process holds leases: one of its own for each worker. At most 100 characters. */
export function workerIdOf({ host, pid, startedAt, boot, namespace }: ProcessIdentity): string {
  return [host, pid, startedAt, boot, namespace, randomUUID().slice(0, 8)].join(':');
}

/** Whose worker that is; `undefined` when the name was not made by {@link workerIdOf}. */
export function identityOf(workerId: string): ProcessIdentity | undefined {
  const parts = workerId.split(':');
  const [host = '', pid = '', startedAt = '', boot = '', namespace = ''] = parts;
  if (parts.length !== 6 || !PID.test(pid) || !parts.every((part) => PART.test(part))) return undefined;
  return { host, pid: Number(pid), startedAt, boot, namespace };
}

/**
 * Whether a process is dead beyond doubt, as `own` can tell: the machine was started anew since, or its number stands for
 * nobody or for a process that began at another time. Whoever may live elsewhere, unseen from here, may live.
 */
export function isSurelyDead(
  owner: ProcessIdentity,
  own: ProcessIdentity,
  find: (pid: number) => FoundProcess | undefined = findProcess,
): boolean {
  if (owner.boot !== '' && own.boot !== '' && owner.boot !== own.boot) return true;
  if (!seesNumbersOf(owner, own)) return false;
  const found = find(owner.pid);
  if (!found) return true;
  return owner.startedAt !== '' && found.startedAt !== '' && owner.startedAt !== found.startedAt;
}

/** Numbers mean the same to both. Systems that know no boot ids have no namespaces either. */
function seesNumbersOf(owner: ProcessIdentity, own: ProcessIdentity): boolean {
  const together = owner.host === own.host && owner.boot === own.boot && owner.namespace === own.namespace;
  return together && (own.namespace !== '' || own.boot === '');
}

/** The process with this number, unless there is none or it only waits for its parent to take note of its end. */
function findProcess(pid: number): FoundProcess | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal (EPERM) is there all the same.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  // Behind the name, which may hold anything: state, parent, … and as the 20th field the start.
  const stat = readOr('', () => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : { startedAt: fields[19] ?? '' };
}

function readOr(otherwise: string, read: () => string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
