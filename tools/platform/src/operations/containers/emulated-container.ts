import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { waitFor } from '@aitbc/shared-core/testing';
import { asUser, killGroup } from '../sandboxed';
import type { ComposeService } from './compose-file';
import { type EmulatedImage, rootedIn } from './emulated-image';

/** Descriptor at which the sandbox tells who its first process is. */
const INFO = 3;

/** What a container gets beside what its image and its service in the Compose file say. */
export interface ContainerOptions {
  /** Where volumes and bound folders of this machine lie, by their names in the Compose file. */
  readonly mounts: Readonly<Record<string, string>>;
  /** Over the service's own variables. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
}

/**
 * A container without Docker: the image's command as its user, with the variables, volumes and restrictions of the Compose
 * file, in namespaces of its own but for the network, which is this machine's.
 */
export class EmulatedContainer {
  private output = '';
  /** Exit code, or the signal's name. */
  readonly ended: Promise<string>;
  private readonly firstProcess: Promise<number>;

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (this.output += String(part)));
    this.ended = once(child, 'close').then(([code, signal]) => String(code ?? signal));
    this.firstProcess = text(child.stdio[INFO] as Readable).then(
      (info) => (JSON.parse(info) as { 'child-pid': number })['child-pid'],
    );
  }

  static start(image: EmulatedImage, service: ComposeService, options: ContainerOptions): EmulatedContainer {
    const command = options.command ?? service.entrypoint ?? image.config.entrypoint;
    const [program = '', ...args] = commandLine(image, service, { ...options, command });
    return new EmulatedContainer(
      spawn(program, args, { env: {}, stdio: ['ignore', 'pipe', 'pipe', 'pipe'], detached: true }),
    );
  }

  /** Runs a command in one to its end. */
  static async run(image: EmulatedImage, service: ComposeService, options: ContainerOptions) {
    const container = EmulatedContainer.start(image, service, options);
    const code = await container.ended;
    return { code, output: container.logs() };
  }

  /** Both streams so far. */
  logs(): string {
    return this.output;
  }

  /** As `docker stop`: `init` passes the signal on to the one process that it has started. */
  async stop(signal: string): Promise<string> {
    const init = await this.firstProcess;
    const main = await waitFor(() => childrenOf(init)[0]);
    process.kill(main, signal);
    return this.ended;
  }

  kill(): void {
    killGroup(this.child);
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .flatMap((word) => Number(word) || []);
}

function commandLine(image: EmulatedImage, service: ComposeService, options: ContainerOptions): string[] {
  const { env, workdir, user } = image.config;
  const [uid = '', gid = ''] = user.split(':');
  const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...env, ...service.environment, ...options.environment };
  return [
    ...asUser(uid, gid),
    ...['bwrap', '--die-with-parent', '--info-fd', String(INFO)],
    ...rootedIn(image.root, service.read_only ? '--ro-bind' : '--bind'),
    ...(service.tmpfs ?? []).flatMap((mount) => ['--tmpfs', mount.split(':')[0] ?? '']),
    ...mountsOf(service, image, options),
    ...['--unshare-user', '--uid', uid, '--gid', gid, '--unshare-pid', '--unshare-ipc'],
    ...(service.cap_drop?.includes('ALL') ? ['--cap-drop', 'ALL'] : []),
    '--clearenv',
    ...Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]),
    ...['--chdir', workdir],
    ...(options.command ?? []),
  ];
}

function mountsOf({ volumes = [] }: ComposeService, image: EmulatedImage, { mounts }: ContainerOptions): string[] {
  return volumes.flatMap((volume) => {
    const [source = '', target = '', mode] = volume.split(':');
    const folder = mounts[source];
    if (folder === undefined) throw new Error(`there is no ${source} to mount at ${target}`);
    if (!existsSync(folder)) makeVolume(folder, join(image.root, target));
    // Docker makes the place, also in what is read-only for the container.
    mkdirSync(join(image.root, target), { recursive: true });
    return [mode === 'ro' ? '--ro-bind' : '--bind', folder, target];
  });
}

/** A new volume has the owner and the mode of what the image has in its place. */
function makeVolume(folder: string, place: string): void {
  const { mode, uid, gid } = statSync(place);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode & 0o7777);
  if (process.getuid?.() === 0) chownSync(folder, uid, gid);
}

/** Whether the image's HEALTHCHECK finds the container well, with the variables that the container has. */
export async function isHealthy(image: EmulatedImage, environment: Readonly<Record<string, string>>): Promise<boolean> {
  const { healthcheck, env } = image.config;
  if (!healthcheck) throw new Error('the image has no HEALTHCHECK');
  const [program = '', ...args] = [
    ...['bwrap', '--die-with-parent', ...rootedIn(image.root, '--ro-bind'), '--clearenv'],
    ...Object.entries({ ...env, ...environment }).flatMap(([name, value]) => ['--setenv', name, value]),
    ...healthcheck,
  ];
  return new Promise((resolve) => {
    execFile(program, args, (error) => resolve(error === null));
  });
}
