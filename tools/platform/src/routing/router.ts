import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inheritedEnvironment } from '../environment';
import { NginxProcess } from './nginx-process';

const run = promisify(execFile);

export interface RouterOptions {
  /** Of the workspace, with `deploy/` in it. */
  readonly root: string;
  /** Where the router's files go. */
  readonly folder: string;
  /** `host:port` of each. */
  readonly listen: string;
  readonly coordinator: string;
  readonly agents: string;
  readonly release: { readonly name: string; readonly address: string };
  readonly shadow: string;
}

/** The router as operators have it: nginx with the configuration of `deploy/bin/nginx-config`, and `deploy/bin/route`. */
export class Router {
  private constructor(
    private readonly options: RouterOptions,
    private readonly nginx: NginxProcess,
  ) {}

  /** @throws Error when nginx is not installed, or does not take its configuration. */
  static async start(options: RouterOptions): Promise<Router> {
    await configureRouter(options);
    return new Router(options, await NginxProcess.start(options.folder, `http://${options.listen}`));
  }

  get url(): string {
    return this.nginx.url;
  }

  /**
   * Changes ways by the operators' command, such as `agents=monolith`.
   * @throws Error with what the command said, when it did not change them.
   */
  async route(...changes: string[]): Promise<string> {
    return program(this.options.root, 'route', ['--folder', this.options.folder, ...changes]);
  }

  stop(): Promise<void> {
    return this.nginx.stop();
  }
}

/** Writes the configuration of a router. */
async function configureRouter({ root, folder, release, ...addresses }: RouterOptions): Promise<void> {
  await program(root, 'nginx-config', [
    ...['--folder', folder, '--listen', addresses.listen, '--coordinator', addresses.coordinator],
    ...['--agent-management', addresses.agents, '--shadow', addresses.shadow],
    ...['--release', `${release.name}=${release.address}`],
  ]);
}

/** Runs a program of `deploy/bin` and gives what it said. */
export async function program(root: string, name: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await run(join(root, 'deploy', 'bin', name), args, { env: inheritedEnvironment() });
    return stdout.trim();
  } catch (cause) {
    const { stderr = '', message } = cause as { stderr?: string; message?: string };
    throw new Error(`${name} ${args.join(' ')}: ${stderr.trim() || String(message)}`, { cause });
  }
}
