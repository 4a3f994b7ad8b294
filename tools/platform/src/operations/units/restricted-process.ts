import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { asUser, killGroup } from '../sandboxed';
import { readBySystemd } from './environment-file';
import type { InstalledMachine } from './installed-machine';
import { systemCallFilter } from './system-calls';
import type { UnitFile } from './unit-file';

/** Descriptor at which the sandbox finds the filter of system calls. */
const FILTER = 3;

/** A process that runs as a unit says, as far as it can be had without systemd: `bwrap` holds it to the unit's settings. */
export class RestrictedProcess {
  private text = '';
  /** Exit code, or the signal's name. */
  readonly ended: Promise<string>;

  private constructor(readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (this.text += String(part)));
    this.ended = once(child, 'close').then(([code, signal]) => String(code ?? signal));
  }

  /** @param command by default that of the unit */
  static async start(
    machine: InstalledMachine,
    unit: UnitFile,
    command: readonly string[] = unit.words('ExecStart'),
  ): Promise<RestrictedProcess> {
    const file = machine.path('/filter');
    writeFileSync(file, await systemCallFilter(unit));
    const filter = openSync(file, 'r');
    const [program = '', ...args] = [
      ...['sh', '-c', `umask ${unit.required('UMask')} && exec "$@"`, 'sh'],
      ...machine.enter(),
      ...asUser(machine.userId(unit.required('User'))),
      ...restrictions(unit, machine.userId(unit.required('User'))),
      ...command,
    ];
    const child = spawn(program, args, {
      env: await environmentOf(machine, unit),
      stdio: ['ignore', 'pipe', 'pipe', filter],
      // A group of its own, with which all ends that was started.
      detached: true,
    });
    closeSync(filter);
    return new RestrictedProcess(child);
  }

  /** Standard output and standard error so far. */
  output(): string {
    return this.text;
  }

  kill(): void {
    killGroup(this.child);
  }
}

/** The settings of the unit, as `bwrap` knows them. */
function restrictions(unit: UnitFile, user: number): string[] {
  const when = (condition: boolean, ...args: string[]) => (condition ? args : []);
  const states = unit.words('StateDirectory').map((name) => `/var/lib/${name}`);
  return [
    'bwrap',
    '--die-with-parent',
    ...[unit.last('ProtectSystem') === 'strict' ? '--ro-bind' : '--bind', '/', '/'],
    ...when(unit.isOn('PrivateDevices'), '--dev', '/dev'),
    ...when(unit.isOn('PrivateTmp'), '--tmpfs', '/tmp', '--tmpfs', '/var/tmp'),
    ...when(unit.isOn('ProtectHome'), '--tmpfs', '/home', '--tmpfs', '/root'),
    ...when(unit.isOn('PrivateUsers'), '--unshare-user', '--uid', String(user), '--gid', String(user)),
    ...when(unit.isOn('PrivateIPC'), '--unshare-ipc'),
    ...when(unit.isOn('ProtectHostname'), '--unshare-uts'),
    ...when(unit.last('CapabilityBoundingSet') === '', '--cap-drop', 'ALL'),
    ...states.flatMap((state) => ['--bind', state, state]),
    ...unit.words('ReadOnlyPaths').flatMap((path) => ['--ro-bind-try', path.replace(/^-/, ''), path.replace(/^-/, '')]),
    ...['--chdir', unit.required('WorkingDirectory'), '--seccomp', String(FILTER)],
  ];
}

/** Of a service of systemd: its own files, and hardly anything else. */
async function environmentOf(machine: InstalledMachine, unit: UnitFile): Promise<Record<string, string>> {
  const files = unit.all('EnvironmentFile').map((file) => readBySystemd(machine.path(file)));
  const variables: Record<string, string>[] = await Promise.all(files);
  const own = unit.words('Environment').map((pair) => pair.split('=') as [string, string]);
  return Object.assign(
    { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin', NOTIFY_SOCKET: '/run/systemd/notify' },
    Object.fromEntries(own),
    ...variables,
  ) as Record<string, string>;
}
