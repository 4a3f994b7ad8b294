import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../api';
import type { OutputStream } from '../child-app';
import { Fleet } from '../fleet';
import { freePort } from '../free-port';
import { isReady } from '../is-ready';
import { agentsLaunch, coordinatorLaunch, minerLaunch, releaseLaunch } from '../launches';
import type { BuiltRelease } from '../releases/build-release';
import { Supervisor } from '../supervisor';
import { Router } from './router';

export interface RoutedServicesOptions {
  /** Of the workspace, built. */
  readonly root: string;
  /** Where the database and the router's files go. */
  readonly folder: string;
  /** What can be returned to. */
  readonly release: BuiltRelease;
  readonly onLine: (name: string, line: string, stream: OutputStream) => void;
  /** Of all processes; by default no limit of requests. */
  readonly variables?: Readonly<Record<string, string>>;
}

interface Ports {
  readonly coordinator: string;
  readonly agents: string;
  readonly release: string;
  readonly router: string;
  readonly shadow: string;
}

export const SERVICE = 'agent-management';
const BACK_WITHIN_MS = 30_000;

/** Today's services and a release before them, all hot on one database, behind a router. */
export class RoutedServices {
  private readonly fleet: Fleet;
  private supervisor: Supervisor | undefined;
  private started: Router | undefined;

  private constructor(
    private readonly options: RoutedServicesOptions,
    private readonly ports: Ports,
  ) {
    const { root, folder, onLine, variables = { RATE_LIMIT_PER_SECOND: '0' } } = options;
    const databaseUrl = `sqlite:${join(folder, 'coordinator.db')}`;
    this.fleet = new Fleet({ dist: join(root, 'dist'), folder, databaseUrl, onLine, variables });
  }

  static async start(options: RoutedServicesOptions): Promise<RoutedServices> {
    const port = async () => String(await freePort());
    const ports: Ports = {
      ...{ coordinator: await port(), agents: await port(), release: await port() },
      ...{ router: await port(), shadow: await port() },
    };
    const services = new RoutedServices(options, ports);
    try {
      await services.startAll();
      return services;
    } catch (error) {
      await services.stop();
      throw error;
    }
  }

  get adminKey(): string {
    return this.fleet.adminKey;
  }

  /** The way in. */
  get router(): Router {
    if (!this.started) throw new Error('the router is not started');
    return this.started;
  }

  /** Where each side answers by itself. */
  get urls(): Readonly<Record<keyof Ports, string>> {
    const url = (port: string) => `http://127.0.0.1:${port}`;
    const { coordinator, agents, release, router, shadow } = this.ports;
    return {
      ...{ coordinator: url(coordinator), agents: url(agents), release: url(release) },
      ...{ router: url(router), shadow: url(shadow) },
    };
  }

  get admin(): Api {
    return new Api(this.urls.router, this.adminKey);
  }

  /** Starts agent-management and keeps it running. */
  async startAgents(): Promise<void> {
    const launch = agentsLaunch(this.ports.agents, this.urls.coordinator);
    this.supervisor = new Supervisor(() => undefined);
    await this.supervisor.start(
      () => this.fleet.launch(launch),
      (child) => child.listening(),
    );
  }

  /** For good: it is not started again. */
  async stopAgents(): Promise<void> {
    await this.supervisor?.stop();
    this.supervisor = undefined;
  }

  /** Sends its process a signal; who supervises it starts another one. Resolves when that one is ready. */
  async replaceAgents(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const process = this.fleet.process(SERVICE);
    process.signal(signal);
    await process.ended;
    const end = Date.now() + BACK_WITHIN_MS;
    while (!(await isReady(this.urls.agents))) {
      if (Date.now() > end) throw new Error(`${SERVICE} did not come back after ${signal}`);
      await sleep(50);
    }
  }

  startMiner(key: string): void {
    this.fleet.launch(minerLaunch(this.urls.coordinator, key, this.options.folder));
  }

  /** Starts the comparison of the release with the service; resolves when it can be sent reads. */
  async startShadow(out: string): Promise<void> {
    const { root, release } = this.options;
    const sides = ['--release', this.urls.release, '--service', this.urls.agents];
    const served = ['--releases', join(root, 'deploy', 'releases.json'), '--release-name', release.name];
    const args = [...sides, ...served, '--port', this.ports.shadow, '--out', out];
    await this.fleet.launch({ app: 'shadow-diff', args }).listening();
  }

  /** It finishes what it has been sent, and leaves its report in its folder. */
  async stopShadow(): Promise<void> {
    await this.fleet.process('shadow-diff').stop();
  }

  async stop(): Promise<void> {
    await this.started?.stop();
    await this.stopAgents();
    await this.fleet.stop();
  }

  private async startAll(): Promise<void> {
    const { coordinator, agents } = this.ports;
    const { release } = this.options;
    await this.fleet.launch(coordinatorLaunch(coordinator, this.urls.agents)).listening();
    await this.startAgents();
    await this.fleet.launch(releaseLaunch(release, this.ports.release, this.urls.coordinator)).listening();
    const address = (port: string) => `127.0.0.1:${port}`;
    this.started = await Router.start({
      ...{ root: this.options.root, folder: join(this.options.folder, 'router') },
      ...{ listen: address(this.ports.router), coordinator: address(coordinator), agents: address(agents) },
      ...{ release: { name: release.name, address: address(this.ports.release) }, shadow: address(this.ports.shadow) },
    });
  }
}
