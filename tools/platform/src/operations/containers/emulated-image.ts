import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { assignments, execForm, expanded, type Instruction, parseDockerfile, type Stage } from './dockerfile';

/** What an image says of the containers that run it. */
export interface ImageConfig {
  env: Record<string, string>;
  labels: Record<string, string>;
  workdir: string;
  /** `uid:gid`. */
  user: string;
  entrypoint: readonly string[];
  /** A command line; without one nothing is asked. */
  healthcheck?: readonly string[];
  ports: string[];
  volumes: string[];
  stopSignal: string;
}

/** Folders of `debian:12-slim` that something is mounted into or put into. */
const BASE_FOLDERS = [
  'dev',
  'etc',
  'home',
  'opt',
  'proc',
  'root',
  'run',
  'sys',
  'tmp',
  'usr',
  'var/backups',
  'var/lib',
];
const BASE_LINKS = ['bin', 'lib', 'lib64', 'sbin'];
/** Of the base these programs' folder is this machine's; what somebody has put beside them is hidden. */
const SYSTEM = ['--ro-bind', '/usr', '/usr', '--tmpfs', '/usr/local'];

/**
 * An image without Docker: each instruction of a Dockerfile carried out on folders, its commands in a sandbox whose system
 * is this machine's `/usr`. So COPY, owners, modes and checks are real; the base is not the one that the file names.
 */
export class EmulatedImage {
  /** Of the last stage. */
  readonly root: string;
  readonly config: ImageConfig = {
    ...{ env: {}, labels: {}, workdir: '/', user: '0:0', entrypoint: [] },
    ...{ ports: [], volumes: [], stopSignal: 'SIGTERM' },
  };

  private constructor(folder: string, last: Stage) {
    this.root = join(folder, last.name);
  }

  /** @throws Error with what a command has said when it fails */
  static build(dockerfile: string, build: { context: string; args: Record<string, string>; folder: string }) {
    const stages = parseDockerfile(dockerfile);
    const last = stages.at(-1);
    if (!last) throw new Error('no stages');
    const image = new EmulatedImage(build.folder, last);
    for (const stage of stages) new StageBuild(stage, build, stage === last ? image.config : undefined).run();
    return image;
  }

  /** Everything that it has beside its base: folders that are only passed through left out, a folder of ours named once. */
  added(): string[] {
    const below = (folder: string): string[] =>
      readdirSync(join(this.root, folder), { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isSymbolicLink() || BASE_FOLDERS.includes(path)) return entry.isDirectory() ? below(path) : [];
        const isPassedThrough = BASE_FOLDERS.some((each) => each.startsWith(`${path}/`)) || PARENTS.test(path);
        return isPassedThrough ? below(path) : [path];
      });
    return below('').sort();
  }
}

const PARENTS = /^opt\/aitbc(\/current)?$/;

/** The arguments of `bwrap` that make a folder the root, with the system in it. */
export function rootedIn(folder: string, mode: '--bind' | '--ro-bind'): string[] {
  return [mode, folder, '/', ...SYSTEM, '--dev', '/dev', '--proc', '/proc'];
}

class StageBuild {
  private readonly root: string;
  private readonly args: Record<string, string> = {};
  private workdir = '/';
  private user = '0:0';

  constructor(
    private readonly stage: Stage,
    private readonly build: { context: string; args: Record<string, string>; folder: string },
    private readonly config?: ImageConfig,
  ) {
    this.root = join(build.folder, stage.name);
  }

  run(): void {
    for (const folder of BASE_FOLDERS) mkdirSync(join(this.root, folder), { recursive: true });
    for (const link of BASE_LINKS) symlinkSync(`usr/${link}`, join(this.root, link));
    for (const instruction of this.stage.instructions) this.take(instruction);
  }

  private take({ keyword, flags, text }: Instruction): void {
    const value = expanded(text, this.args);
    if (keyword === 'ARG') this.args[text] = this.build.args[text] ?? '';
    else if (keyword === 'WORKDIR') this.enter(value);
    else if (keyword === 'COPY') this.copy(value, flags['from']);
    else if (keyword === 'RUN') this.execute(text);
    else if (this.config) configure(this.config, keyword, value);
    if (keyword === 'USER') this.user = value;
  }

  private enter(path: string): void {
    this.workdir = resolve(this.workdir, path);
    mkdirSync(join(this.root, this.workdir), { recursive: true });
    if (this.config) this.config.workdir = this.workdir;
  }

  /** By hard links, as nothing changes a file's content here; of a folder that which is in it. */
  private copy(text: string, from: string | undefined): void {
    const [source = '', target = ''] = text.split(' ');
    const found = join(from === undefined ? this.build.context : join(this.build.folder, from), source);
    if (!existsSync(found)) throw new Error(`COPY ${source}: not found`);
    if (!statSync(found).isDirectory()) throw new Error(`COPY ${source}: only folders are known here`);
    const place = join(this.root, resolve(this.workdir, target));
    mkdirSync(dirname(place), { recursive: true });
    execFileSync('cp', ['--archive', '--link', `${found}/.`, place]);
  }

  /** As root; who is not root here, is there the one who owns all: the image's user to be. */
  private execute(command: string): void {
    const isRoot = process.getuid?.() === 0;
    const [uid = '', gid = ''] = (isRoot ? this.user : ownerIn(command)).split(':');
    const sandbox = [...rootedIn(this.root, '--bind'), '--unshare-net', '--die-with-parent', '--chdir', this.workdir];
    const as = isRoot ? [] : ['--unshare-user', '--uid', uid, '--gid', gid];
    execFileSync('bwrap', [...sandbox, ...as, '--clearenv', '/bin/sh', '-c', command], { stdio: 'pipe' });
  }
}

/** Whom a command gives files to. */
function ownerIn(command: string): string {
  const [, uid = '0'] = /--owner=(\d+)/.exec(command) ?? [];
  return `${uid}:${uid}`;
}

function configure(config: ImageConfig, keyword: string, value: string): void {
  if (keyword === 'ENV') Object.assign(config.env, assignments(value));
  else if (keyword === 'LABEL') Object.assign(config.labels, assignments(value));
  else if (keyword === 'USER') config.user = value;
  else if (keyword === 'EXPOSE') config.ports.push(value);
  else if (keyword === 'VOLUME') config.volumes.push(value);
  else if (keyword === 'STOPSIGNAL') config.stopSignal = value;
  else if (keyword === 'ENTRYPOINT') config.entrypoint = execForm(value);
  else if (keyword === 'HEALTHCHECK' && value !== 'NONE') config.healthcheck = execForm(value.replace(/^CMD /, ''));
}
