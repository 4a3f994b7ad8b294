import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceUrls } from '../api';
import type { OutputStream } from '../child-app';
import { Fleet } from '../fleet';
import { freePort } from '../free-port';
import { agentsLaunch, coordinatorLaunch, releaseLaunch } from '../launches';
import type { BuiltRelease } from '../releases/build-release';

export interface SuiteServicesOptions {
  /** Folder of the built workspace, with `apps/` in it. */
  readonly dist: string;
  readonly onLine: (service: string, line: string, stream: OutputStream) => void;
}

/** Long enough for a busy machine, short enough for the tests that wait until a lease is over. */
export const SUITE_VARIABLES = { JOB_LEASE_SECONDS: '6' };

/** The services that a suite judges, on free ports and an empty SQLite database in a folder that goes with them. */
export class SuiteServices {
  private readonly folder = mkdtempSync(join(tmpdir(), 'aitbc-suite-'));
  private readonly fleet: Fleet;
  private coordinator = '';
  private agents = '';

  private constructor({ dist, onLine }: SuiteServicesOptions) {
    const { folder } = this;
    const databaseUrl = `sqlite:${join(folder, 'coordinator.db')}`;
    this.fleet = new Fleet({ dist, folder, databaseUrl, onLine, variables: SUITE_VARIABLES });
  }

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

  get adminKey(): string {
    return this.fleet.adminKey;
  }

  get urls(): ServiceUrls {
    return { coordinator: this.coordinator, agents: this.agents };
  }

  /**
   * Has a release serve agents instead of today's service, on the database that today's services have made; gives its URL.
   */
  async replaceAgents(release: BuiltRelease): Promise<string> {
    await this.fleet.process('agent-management').stop();
    return this.fleet.launch(releaseLaunch(release, '0', this.coordinator)).listening();
  }

  async stop(): Promise<void> {
    await this.fleet.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async startBoth(): Promise<void> {
    const port = String(await freePort());
    this.agents = `http://127.0.0.1:${port}`;
    this.coordinator = await this.fleet.launch(coordinatorLaunch('0', this.agents)).listening();
    await this.fleet.launch(agentsLaunch(port, this.coordinator)).listening();
  }
}
