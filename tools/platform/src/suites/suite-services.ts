import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceUrls } from '../api';
import { ChildApp, type OutputStream, type ServiceName } from '../child-app';
import { inheritedEnvironment } from '../environment';
import { freePort } from '../free-port';
import { newAdminKey } from '../keys';

export interface SuiteServicesOptions {
  /** Folder of the built workspace, with `apps/` in it. */
  readonly dist: string;
  readonly onLine: (service: string, line: string, stream: OutputStream) => void;
}

/** The services that a suite judges, on free ports and an empty SQLite database in a folder that goes with them. */
export class SuiteServices {
  readonly adminKey = newAdminKey();
  private readonly folder = mkdtempSync(join(tmpdir(), 'aitbc-suite-'));
  private readonly started = new Map<string, ChildApp>();
  private coordinator = '';
  private agents = '';

  private constructor(private readonly options: SuiteServicesOptions) {}

  static async start(options: SuiteServicesOptions): Promise<SuiteServices> {
    const services = new SuiteServices(options);
    try {
      await services.startBoth();
      return services;
    } catch (error) {
      await services.stop();
      throw error;
    }
  }

  get urls(): ServiceUrls {
    return { coordinator: this.coordinator, agents: this.agents };
  }

  /**
   * Has a release serve agents instead of today's service, on the database that today's services have made; gives its URL.
   * @param dist folder of the built release
   */
  async replaceAgents(name: string, dist: string, app: ServiceName): Promise<string> {
    await this.started.get('agent-management')?.stop();
    const variables = { PORT: '0', SWEEPS: 'off', JOB_LEASE_SECONDS: LEASE_SECONDS, ISSUER_URL: this.coordinator };
    return this.launch(name, { dist, app, variables });
  }

  /** The one that was started last first. */
  async stop(): Promise<void> {
    for (const service of [...this.started.values()].toReversed()) await service.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startBoth(): Promise<void> {
    const { dist } = this.options;
    const port = String(await freePort());
    this.agents = `http://127.0.0.1:${port}`;
    const beside = { PORT: '0', AGENT_MANAGEMENT_URL: this.agents, JOB_LEASE_SECONDS: LEASE_SECONDS };
    const app = 'coordinator-api';
    this.coordinator = await this.launch(app, { dist, app, variables: beside });
    const variables = { PORT: port, COORDINATOR_URL: this.coordinator };
    await this.launch('agent-management', { dist, app: 'agent-management', variables });
  }

  private launch(
    name: string,
    { dist, app, variables }: { dist: string; app: ServiceName; variables: Record<string, string> },
  ): Promise<string> {
    const child = new ChildApp({
      ...{ app, dist, cwd: this.folder },
      onLine: (line, stream) => this.options.onLine(name, line, stream),
      environment: {
        ...inheritedEnvironment(),
        DATABASE_URL: `sqlite:${join(this.folder, 'coordinator.db')}`,
        BOOTSTRAP_ADMIN_KEY: this.adminKey,
        LOG_FORMAT: 'json',
        ...variables,
      },
    });
    this.started.set(name, child);
    return child.listening();
  }
}

/** Long enough for a busy machine, short enough for the tests that wait until a lease is over. */
const LEASE_SECONDS = '6';
