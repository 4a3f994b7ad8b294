import { join } from 'node:path';
import { Api, type ServiceUrls } from '../api';
import { type AppName, ChildApp } from '../child-app';
import { inheritedEnvironment } from '../environment';
import { freePort } from '../free-port';
import { issueKeys, newAdminKey, type PlatformKeys } from '../keys';

export interface OutageServicesOptions {
  /** Folder of the built workspace, with `apps/` in it. */
  readonly dist: string;
  /** Where the database and the miner's state are. */
  readonly folder: string;
  readonly onLine: (app: AppName, line: string) => void;
}

/** Both services and a miner on one SQLite file, each of which can go away and come back to its old address. */
export class OutageServices {
  private readonly running = new Map<AppName, ChildApp>();
  private readonly adminKey = newAdminKey();

  private constructor(
    private readonly options: OutageServicesOptions,
    private readonly ports: { readonly coordinator: string; readonly agents: string },
  ) {}

  /** Starts the services; the miner is another step, since it needs a key. */
  static async start(options: OutageServicesOptions): Promise<OutageServices> {
    const ports = { coordinator: String(await freePort()), agents: String(await freePort()) };
    const services = new OutageServices(options, ports);
    try {
      await services.startCoordinator();
      await services.startAgents();
      return services;
    } catch (error) {
      await services.stop();
      throw error;
    }
  }

  get urls(): ServiceUrls {
    return {
      coordinator: `http://127.0.0.1:${this.ports.coordinator}`,
      agents: `http://127.0.0.1:${this.ports.agents}`,
    };
  }

  issueKeys(): Promise<PlatformKeys> {
    return issueKeys(new Api(this.urls, this.adminKey));
  }

  async startCoordinator(): Promise<void> {
    const { coordinator: PORT } = this.ports;
    await this.launch('coordinator-api', { PORT, AGENT_MANAGEMENT_URL: this.urls.agents }).listening();
  }

  async startAgents(): Promise<void> {
    const { agents: PORT } = this.ports;
    await this.launch('agent-management', { PORT, COORDINATOR_URL: this.urls.coordinator }).listening();
  }

  startMiner(key: string): void {
    const state = { MINER_KEY: key, MINER_ID: 'outage-miner', MINER_STATE_DIR: join(this.options.folder, 'miner') };
    this.launch('miner', { COORDINATOR_URL: this.urls.coordinator, ...state });
  }

  /** As a power cut would. */
  async kill(app: AppName): Promise<void> {
    const child = this.running.get(app);
    child?.killGroup();
    await child?.ended;
  }

  /** It keeps its socket and answers nothing, until it may go on. */
  freeze(app: AppName): void {
    this.running.get(app)?.signal('SIGSTOP');
  }

  thaw(app: AppName): void {
    this.running.get(app)?.signal('SIGCONT');
  }

  /** The miner first: it may have jobs to hand back. */
  async stop(): Promise<void> {
    for (const app of ['miner', 'agent-management', 'coordinator-api'] as const) {
      this.thaw(app);
      await this.running.get(app)?.stop();
    }
  }

  private launch(app: AppName, variables: Record<string, string>): ChildApp {
    const child = new ChildApp({
      app,
      dist: this.options.dist,
      cwd: this.options.folder,
      onLine: (line) => this.options.onLine(app, line),
      environment: {
        ...inheritedEnvironment(),
        DATABASE_URL: `sqlite:${join(this.options.folder, 'coordinator.db')}`,
        BOOTSTRAP_ADMIN_KEY: this.adminKey,
        RATE_LIMIT_PER_SECOND: '0',
        LOG_FORMAT: 'json',
        ...variables,
      },
    });
    this.running.set(app, child);
    return child;
  }
}
