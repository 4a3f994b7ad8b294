import { type TemporaryFolder, temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { Api } from '../api';
import { ChildApp, type ProgramName, type ServiceName } from '../child-app';
import { freePort } from '../free-port';
import { issueKeys, newAdminKey, type PlatformKeys } from '../keys';
import { DIST } from './dist';
import { isRunning, processesWith } from './processes';

export type Variables = Readonly<Record<string, string>>;
export type LogEntry = Readonly<Record<string, unknown>>;

/** A built app as a process of its own, with all that it has written. */
export interface LaunchedApp {
  readonly process: ChildApp;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** Standard output as log entries. */
  log(): LogEntry[];
}

/** A service that listens. */
export interface LaunchedService extends LaunchedApp {
  readonly url: string;
}

/** What a test asks by: an API for each kind of caller. */
export interface Callers {
  /** Keys of a client and of a miner. */
  readonly keys: PlatformKeys;
  readonly admin: Api;
  readonly client: Api;
}

export interface LaunchedCoordinator extends LaunchedService, Callers {}

/** A coordinator and an agent-management that know each other; the callers' APIs reach both. */
export interface LaunchedPlatform extends Callers {
  readonly coordinator: LaunchedCoordinator;
  readonly agents: LaunchedService;
}

/** Nobody is there. */
const NOWHERE = 'http://127.0.0.1:1';

/** Real processes of one test, in a folder of its own, on free ports; all end with it, whatever happened. */
export class TestBed {
  readonly folder: TemporaryFolder = temporaryFolder();
  readonly adminKey = newAdminKey();
  private readonly apps: ChildApp[] = [];

  /** Starts an app with these variables and as little else as possible; it writes JSON lines, and knows no other app. */
  launch(app: ProgramName, variables: Variables = {}, args: readonly string[] = []): LaunchedApp {
    const lines = { stdout: [] as string[], stderr: [] as string[] };
    const child = new ChildApp({
      ...{ app, args, dist: DIST },
      cwd: this.folder.path,
      environment: {
        PATH: '/usr/local/bin:/usr/bin:/bin',
        TMPDIR: this.folder.path,
        LOG_FORMAT: 'json',
        COORDINATOR_URL: NOWHERE,
        AGENT_MANAGEMENT_URL: NOWHERE,
        ...variables,
      },
      onLine: (line, stream) => lines[stream].push(line),
    });
    this.apps.push(child);
    return { process: child, ...lines, log: () => lines.stdout.map((line) => JSON.parse(line) as LogEntry) };
  }

  /** A coordinator that listens, on the bed's database unless told otherwise, with keys for a client and a miner. */
  async coordinator(variables: Variables = {}): Promise<LaunchedCoordinator> {
    const service = await this.service('coordinator-api', variables);
    const admin = new Api(service.url, this.adminKey);
    const keys = await issueKeys(admin);
    return { ...service, admin, keys, client: admin.withKey(keys.client) };
  }

  /** An agent-management that listens and works with this coordinator, on the bed's database unless told otherwise. */
  agentManagement({ url }: Pick<LaunchedService, 'url'>, variables: Variables = {}): Promise<LaunchedService> {
    return this.service('agent-management', { COORDINATOR_URL: url, ...variables });
  }

  /** Both services, each with the variables of both and those of its own. */
  async platform(
    variables: Variables = {},
    own: { readonly coordinator?: Variables; readonly agents?: Variables } = {},
  ): Promise<LaunchedPlatform> {
    // Ports that nobody gets by chance while a test has killed the process that it starts there again.
    const [PORT, agentPort] = [String(await freePort()), String(await freePort())];
    const AGENT_MANAGEMENT_URL = `http://127.0.0.1:${agentPort}`;
    const coordinator = await this.coordinator({ PORT, AGENT_MANAGEMENT_URL, ...variables, ...own.coordinator });
    const agents = await this.agentManagement(coordinator, { PORT: agentPort, ...variables, ...own.agents });
    return { coordinator, agents, ...this.callers(coordinator, agents) };
  }

  /** The coordinator's callers, who find agents and executions at this agent-management. */
  callers({ url, keys }: LaunchedCoordinator, agents: Pick<LaunchedService, 'url'>): Callers {
    const admin = new Api({ coordinator: url, agents: agents.url }, this.adminKey);
    return { keys, admin, client: admin.withKey(keys.client) };
  }

  /** A miner of that coordinator that is online. */
  async miner(
    { url, keys, admin }: Pick<LaunchedCoordinator, 'url' | 'keys' | 'admin'>,
    id: string,
    variables: Variables = {},
  ): Promise<LaunchedApp> {
    const launched = this.launch('miner', {
      COORDINATOR_URL: url,
      MINER_KEY: keys.miner,
      MINER_ID: id,
      MINER_STATE_DIR: this.folder.file(id),
      ...variables,
    });
    const online = async () => {
      const { items } = await admin.get<{ items: { miner_id: string; online: boolean }[] }>('/api/v1/miners');
      return items.some((miner) => miner.miner_id === id && miner.online);
    };
    const over = launched.process.end.then((sentence) => Promise.reject(new Error(sentence)));
    await Promise.race([waitFor(online, { everyMs: 50 }), over]);
    return launched;
  }

  /** Kills all that still runs, programs of jobs included, and removes the folder. */
  async close(): Promise<void> {
    for (const app of this.apps) app.killGroup();
    await Promise.all(this.apps.map((app) => app.ended));
    for (const pid of processesWith(this.folder.path)) process.kill(pid, 'SIGKILL');
    await waitFor(() => !processesWith(this.folder.path).some(isRunning));
    await this.folder.remove();
  }

  private async service(app: ServiceName, variables: Variables): Promise<LaunchedService> {
    const launched = this.launch(app, {
      PORT: '0',
      DATABASE_URL: `sqlite:${this.folder.file('coordinator.db')}`,
      BOOTSTRAP_ADMIN_KEY: this.adminKey,
      RATE_LIMIT_PER_SECOND: '0',
      ...variables,
    });
    return { ...launched, url: await launched.process.listening() };
  }
}
