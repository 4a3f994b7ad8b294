import { join } from 'node:path';
import { Api, type ServiceUrls } from '../api';
import type { AppName } from '../child-app';
import { Fleet } from '../fleet';
import { freePort } from '../free-port';
import { issueKeys, type PlatformKeys } from '../keys';
import { agentsLaunch, coordinatorLaunch, minerLaunch } from '../launches';

export interface OutageServicesOptions {
  /** Folder of the built workspace, with `apps/` in it. */
  readonly dist: string;
  /** Where the database and the miner's state are. */
  readonly folder: string;
  readonly onLine: (app: string, line: string) => void;
  /** By default a SQLite file in the folder. */
  readonly databaseUrl?: string;
  /** Of all processes. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Both services and a miner on one database, each of which can go away and come back to its old address. */
export class OutageServices {
  private readonly fleet: Fleet;

  private constructor(
    private readonly options: OutageServicesOptions,
    private readonly ports: { readonly coordinator: string; readonly agents: string },
  ) {
    const { databaseUrl = `sqlite:${join(options.folder, 'coordinator.db')}` } = options;
    const variables = { RATE_LIMIT_PER_SECOND: '0', ...options.variables };
    this.fleet = new Fleet({ ...options, databaseUrl, variables });
  }

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
    return issueKeys(new Api(this.urls, this.fleet.adminKey));
  }

  async startCoordinator(): Promise<void> {
    await this.fleet.launch(coordinatorLaunch(this.ports.coordinator, this.urls.agents)).listening();
  }

  async startAgents(): Promise<void> {
    await this.fleet.launch(agentsLaunch(this.ports.agents, this.urls.coordinator)).listening();
  }

  startMiner(key: string): void {
    this.fleet.launch(minerLaunch(this.urls.coordinator, key, this.options.folder));
  }

  kill(app: AppName): Promise<void> {
    return this.fleet.kill(app);
  }

  /** It keeps its socket and answers nothing, until it may go on. */
  freeze(app: AppName): void {
    this.fleet.process(app).signal('SIGSTOP');
  }

  thaw(app: AppName): void {
    this.fleet.process(app).signal('SIGCONT');
  }

  stop(): Promise<void> {
    return this.fleet.stop();
  }
}
