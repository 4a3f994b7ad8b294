import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@aitbc/shared-core/testing';
import { DIST } from '../../testing/dist';
import { outputOf } from './command';
import { ENVIRONMENT_FILES, ROOT, SERVICES, UNITS } from './deployed-files';
import { withDefaults } from './environment-file';

/** What programs look for in `/etc`, beside our own files. */
const HOST_FILES = ['ld.so.cache', 'nsswitch.conf', 'hosts', 'resolv.conf', 'localtime', 'ssl', 'ca-certificates'];

/**
 * A root file system with our services installed as on a machine of their own, in a temporary folder; the system's own
 * programs are this machine's.
 */
export class InstalledMachine {
  private constructor(private readonly root: TemporaryFolder) {}

  static async create(): Promise<InstalledMachine> {
    const root = temporaryFolder();
    // Services are other users than root, who may run this.
    chmodSync(root.path, 0o755);
    const machine = new InstalledMachine(root);
    await machine.addUsersAndFolders();
    for (const app of SERVICES) machine.install(app);
    return machine;
  }

  /** Where a path of the machine lies here. */
  path(inside: string): string {
    return this.root.file(inside.replace(/^\//, ''));
  }

  /** The environment file of that name, with the defaults that it tells and these lines. */
  configure(name: string, ...lines: readonly string[]): void {
    withDefaults(join(ENVIRONMENT_FILES, `${name}.env`), this.path(`/etc/aitbc/${name}.env`), lines);
  }

  /** Number of a user of the machine. */
  userId(name: string): number {
    const passwd = readFileSync(this.path('/etc/passwd'), 'utf8');
    const [, id] = new RegExp(`^${name}:[^:]*:(\\d+):`, 'm').exec(passwd) ?? [];
    if (id === undefined) throw new Error(`the machine has no user ${name}`);
    return Number(id);
  }

  /** The command line by which this machine runs another one inside. */
  enter(): string[] {
    const at = (path: string) => ['--bind', this.path(path), path];
    const releases = SERVICES.map((app) => `/opt/aitbc/releases/${app}-0`);
    return [
      ...[
        'bwrap',
        '--die-with-parent',
        '--ro-bind',
        '/usr',
        '/usr',
        ...['/bin', '/sbin', '/lib', '/lib64'].flatMap(asOutside),
      ],
      ...['/etc', '/opt', '/var', '/run', '/home'].flatMap(at),
      ...HOST_FILES.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
      ...[
        '--tmpfs',
        '/tmp',
        '--tmpfs',
        '/root',
        '--dev-bind',
        '/dev',
        '/dev',
        '--bind',
        '/proc',
        '/proc',
        '--ro-bind',
        '/sys',
        '/sys',
      ],
      ...releases.flatMap((release) => ['--ro-bind', join(ROOT, 'node_modules'), `${release}/node_modules`]),
      ...releases.flatMap((release) => ['--ro-bind', process.execPath, `${release}/bin/node`]),
    ];
  }

  remove(): Promise<void> {
    return this.root.remove();
  }

  /** By the files that a real machine gets them from; who is not root owns all folders, since no other owner can be had. */
  private async addUsersAndFolders(): Promise<void> {
    for (const folder of ['/etc/aitbc', '/opt/aitbc/current', '/var/tmp', '/run', '/home/somebody']) {
      mkdirSync(this.path(folder), { recursive: true });
    }
    writeFileSync(this.path('/home/somebody/diary'), 'private');
    await outputOf('systemd-sysusers', `--root=${this.root.path}`, join(UNITS, 'aitbc.sysusers.conf'));
    if (process.getuid?.() === 0) {
      await outputOf('systemd-tmpfiles', `--root=${this.root.path}`, '--create', join(UNITS, 'aitbc.tmpfiles.conf'));
    } else {
      for (const folder of ['/var/lib/aitbc', '/var/lib/aitbc-miner'])
        mkdirSync(this.path(folder), { recursive: true });
    }
    mkdirSync(this.path('/var/lib/aitbc/router'));
    chmodSync(this.path('/var/lib/aitbc/router'), 0o777);
  }

  /** A built application, with places for what a release brings along: packages, and its own Node. */
  private install(app: string): void {
    const release = this.path(`/opt/aitbc/releases/${app}-0`);
    cpSync(join(DIST, 'apps', app), release, { recursive: true, filter: (file) => !file.includes('node_modules') });
    mkdirSync(join(release, 'node_modules'));
    mkdirSync(join(release, 'bin'));
    writeFileSync(join(release, 'bin', 'node'), '');
    symlinkSync(`../releases/${app}-0`, this.path(`/opt/aitbc/current/${app}`));
    // Only what the units say keeps a service from changing its own programs.
    chmodSync(release, 0o777);
  }
}

/** A folder of this machine under the same name, or the link that it is. */
function asOutside(path: string): string[] {
  if (!existsSync(path)) return [];
  return lstatSync(path).isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : ['--ro-bind', path, path];
}
