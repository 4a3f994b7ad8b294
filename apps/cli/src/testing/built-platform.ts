import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TemporaryFolder, temporaryFolder, waitFor } from '@aitbc/shared-core/testing';

/** The built workspace, which `nx test cli` brings up to date first. */
export const DIST = join(__dirname, '../../../../dist');
export const EXAMPLES = join(DIST, '../examples');

/** Keys by the role of their holder. */
export interface RoleKeys {
  readonly admin: string;
  readonly client: string;
  readonly miner: string;
}

/** Both services and a miner as real processes, on free ports and an empty database. */
export class BuiltPlatform {
  readonly folder: TemporaryFolder = temporaryFolder();
  private readonly children: ChildProcess[] = [];
  private readonly admin = randomBytes(32).toString('base64url');
  private address = '';
  private agentAddress = '';
  private issued: RoleKeys | undefined;

  get url(): string {
    return this.address;
  }

  /** Where agents, workflows and executions are. */
  get agentUrl(): string {
    return this.agentAddress;
  }

  /** What a client of this platform sets. */
  get clientEnvironment(): Readonly<Record<string, string>> {
    return { AITBC_URL: this.url, AITBC_AGENT_URL: this.agentUrl, AITBC_KEY: this.keys.client };
  }

  get keys(): RoleKeys {
    if (!this.issued) throw new Error('the platform was not started');
    return this.issued;
  }

  /**
   * Resolves when both services listen and the miner is online.
   * @param variables of agent-management
   */
  async start(variables: Readonly<Record<string, string>> = {}): Promise<void> {
    const shared = {
      PORT: '0',
      DATABASE_URL: `sqlite:${this.folder.file('coordinator.db')}`,
      BOOTSTRAP_ADMIN_KEY: this.admin,
      RATE_LIMIT_PER_SECOND: '0',
    };
    this.address = await listeningUrl(this.spawn('coordinator-api', shared));
    const agents = this.spawn('agent-management', { ...shared, COORDINATOR_URL: this.address, ...variables });
    this.agentAddress = await listeningUrl(agents);
    this.issued = { admin: this.admin, client: await this.keyFor('client'), miner: await this.keyFor('miner') };
    this.spawn('miner', {
      COORDINATOR_URL: this.address,
      MINER_KEY: this.issued.miner,
      MINER_ID: 'miner-of-the-test',
      MINER_STATE_DIR: this.folder.file('miner'),
    });
    await waitFor(() => this.minerIsOnline(), { everyMs: 50 });
  }

  async stop(): Promise<void> {
    for (const child of this.children) await kill(child);
    await this.folder.remove();
  }

  private spawn(app: string, environment: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, [join(DIST, 'apps', app, 'main.js')], {
      cwd: this.folder.path,
      env: { PATH: '/usr/bin:/bin', TMPDIR: this.folder.path, LOG_FORMAT: 'json', ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // Nobody may stay blocked on a full pipe.
    child.stdout?.resume();
    this.children.push(child);
    return child;
  }

  private async keyFor(role: 'client' | 'miner'): Promise<string> {
    const body = JSON.stringify({ subject: `test-${role}`, role });
    const { api_key: key } = await this.call('/admin/api-keys', { method: 'POST', body });
    return String(key);
  }

  private async minerIsOnline(): Promise<boolean> {
    const { items } = await this.call('/miners');
    return (items as { online: boolean }[]).some(({ online }) => online);
  }

  private async call(path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
    const headers = { 'x-api-key': this.admin, 'content-type': 'application/json' };
    const response = await fetch(`${this.address}/api/v1${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

async function listeningUrl({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the output of the service cannot be read');
  for await (const line of createInterface({ input: stdout })) {
    const entry = JSON.parse(line) as { event?: string; url?: string };
    if (entry.event === 'listening') {
      stdout.resume();
      return entry.url ?? '';
    }
  }
  throw new Error('the service ended before it listened');
}
