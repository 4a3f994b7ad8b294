import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, chownSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { waitFor } from '@aitbc/shared-core/testing';
import { Api } from '../../api';
import { inheritedEnvironment } from '../../environment';
import { freePort } from '../../free-port';
import { isReady } from '../../is-ready';

const run = promisify(execFile);

/** Whoever runs this: it may be root, and an installation in a folder needs none of its powers. */
const NOBODY = 65_534;
const ORDINARY = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};

/** How a program of the operator ended. */
export interface Ended {
  readonly code: number;
  /** Both streams, as a terminal shows them. */
  readonly output: string;
}

/** An installation in a folder of its own, run by `supervise` as an ordinary user. */
export class Installation {
  private supervisor: ChildProcess | undefined;
  readonly lines: string[] = [];
  private ports = { coordinator: '', agents: '', monolith: '', router: '' };

  /** @param root a new folder */
  constructor(readonly root: string) {
    mkdirSync(root, { recursive: true, mode: 0o755 });
    if (ORDINARY.uid !== undefined) chownSync(root, ORDINARY.uid, ORDINARY.gid);
  }

  /** Runs a program of the installed `deploy` release, or of one at another place. */
  async call(program: string, ...args: string[]): Promise<Ended> {
    return this.callFrom(this.path('opt/aitbc/current/deploy'), program, ...args);
  }

  async callFrom(deploy: string, program: string, ...args: string[]): Promise<Ended> {
    return this.ended(join(deploy, 'bin', program), args, this.environment());
  }

  private async ended(file: string, args: readonly string[], env: Record<string, string>): Promise<Ended> {
    const options = { ...ORDINARY, cwd: this.root, env, maxBuffer: 64 * 1024 * 1024 };
    return run(file, args, options).then(
      ({ stdout, stderr }) => ({ code: 0, output: `${stdout}${stderr}` }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        output: `${stdout}${stderr}`,
      }),
    );
  }

  /** @throws Error with what it wrote when it fails */
  async must(program: string, ...args: string[]): Promise<string> {
    const { code, output } = await this.call(program, ...args);
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
    return output;
  }

  /** Free ports instead of those of a machine of its own, written where an operator would write them. */
  async choosePorts(): Promise<void> {
    const port = async () => String(await freePort());
    this.ports = { coordinator: await port(), agents: await port(), monolith: await port(), router: await port() };
    const { coordinator, agents } = this.urls;
    this.configure('platform.env', `ISSUER_URL=${coordinator}\nRATE_LIMIT_PER_SECOND=1000`);
    this.configure('coordinator-api.env', `PORT=${this.ports.coordinator}\nAGENT_MANAGEMENT_URL=${agents}`);
    this.configure('agent-management.env', `PORT=${this.ports.agents}\nCOORDINATOR_URL=${coordinator}`);
    this.configure('monolith.env', `PORT=${this.ports.monolith}`);
    this.configure('miner.env', `COORDINATOR_URL=${coordinator}`);
  }

  /** The last assignment counts. */
  configure(file: string, lines: string): void {
    appendFileSync(this.path('etc/aitbc', file), `\n${lines}\n`);
  }

  get urls(): { readonly coordinator: string; readonly agents: string } {
    return {
      coordinator: `http://127.0.0.1:${this.ports.coordinator}`,
      agents: `http://127.0.0.1:${this.ports.agents}`,
    };
  }

  /** A command as a page has it, with the addresses that this installation has in place of the usual ones. */
  translated(text: string): string {
    const { coordinator, agents, monolith, router } = this.ports;
    const others = `--coordinator 127.0.0.1:${coordinator} --agent-management 127.0.0.1:${agents}`;
    return text
      .replaceAll('127.0.0.1:8011', `127.0.0.1:${coordinator}`)
      .replaceAll('127.0.0.1:8012', `127.0.0.1:${agents}`)
      .replaceAll('127.0.0.1:8010', `127.0.0.1:${monolith}`)
      .replaceAll(
        '--listen 127.0.0.1:8080',
        `--listen 127.0.0.1:8080 ${others} --release monolith=127.0.0.1:${monolith}`,
      )
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${router}`);
  }

  /** Runs commands in a shell that has the operators' programs in its path, and stops at the first that fails. */
  async shell(commands: string, variables: Readonly<Record<string, string>>): Promise<Ended> {
    const path = `${this.path('opt/aitbc/current/deploy/bin')}:${inheritedEnvironment()['PATH']}:/usr/sbin`;
    const env = { ...this.environment(), ...variables, PATH: path };
    // To a file: a pipe would be held open by an nginx that goes into the background.
    const file = this.path('shell.log');
    const output = openSync(file, 'w');
    const args = ['-euo', 'pipefail', '-c', this.translated(commands)];
    const child = spawn('bash', args, { ...ORDINARY, cwd: this.root, env, stdio: ['ignore', output, output] });
    const [code] = (await once(child, 'exit')) as [number | null];
    closeSync(output);
    return { code: code ?? -1, output: readFileSync(file, 'utf8') };
  }

  /** Resolves when those services can serve; by default both. */
  async ready(urls: readonly string[] = Object.values(this.urls), timeoutMs = 60_000): Promise<void> {
    for (const url of urls) await waitFor(() => isReady(url), { timeoutMs, everyMs: 100 });
  }

  /** The API with the key that `install` has made. */
  get admin(): Api {
    const text = readFileSync(this.path('etc/aitbc/platform.env'), 'utf8');
    const key = /^BOOTSTRAP_ADMIN_KEY=(\S+)$/m.exec(text)?.[1];
    if (!key) throw new Error('install has made no admin key');
    return new Api(this.urls, key);
  }

  /** Resolves when it supervises. */
  async supervise(deploy = this.path('opt/aitbc/current/deploy')): Promise<void> {
    const child = spawn(join(deploy, 'bin/supervise'), {
      ...ORDINARY,
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.supervisor = child;
    const begun = new Promise<void>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.lines.push(line);
        if (line.includes('Supervising')) resolve();
      });
      createInterface({ input: child.stderr }).on('line', (line) => this.lines.push(line));
      child.once('exit', () => reject(new Error(`supervise has ended:\n${this.lines.join('\n')}`)));
    });
    await begun;
  }

  /** As a crash of the supervisor alone: its services run on. */
  async killSupervisor(): Promise<void> {
    await this.endSupervisor('SIGKILL');
  }

  /** With its services. */
  async stop(): Promise<void> {
    await this.endSupervisor('SIGTERM');
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  private async endSupervisor(signal: NodeJS.Signals): Promise<void> {
    const child = this.supervisor;
    this.supervisor = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  private environment(): Record<string, string> {
    return { ...inheritedEnvironment(), AITBC_ROOT: this.root, HOME: this.root };
  }
}
