import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './api';
import { ChildApp } from './child-app';
import type { PlatformKeys } from './keys';

export interface PlatformOptions {
  /** Environment of all processes. */
  readonly environment: Record<string, string>;
  readonly port: number;
  readonly databaseUrl: string;
  readonly minerStateFolder: string;
  readonly adminKey: string;
  /** Gives the keys of a client and of a miner, made with the admin key when there are none yet. */
  readonly keys: (admin: Api) => Promise<PlatformKeys>;
  readonly onLine: (app: string, line: string) => void;
}

const MINER_ONLINE_MS = 20_000;

/** The processes of the platform on this machine: the coordinator and one miner. */
export class Platform {
  private constructor(
    private readonly coordinator: ChildApp,
    private readonly miner: ChildApp,
    readonly url: string,
    readonly keys: PlatformKeys,
  ) {}

  /** Starts all, and resolves when a miner is online. What has been started is stopped again when something fails. */
  static async start(options: PlatformOptions): Promise<Platform> {
    const started: ChildApp[] = [];
    const launch = (app: 'coordinator-api' | 'miner', environment: Record<string, string>): ChildApp => {
      const onLine = (line: string) => options.onLine(app, line);
      const child = new ChildApp({
        app,
        onLine,
        environment: { ...options.environment, LOG_FORMAT: 'json', ...environment },
      });
      started.push(child);
      return child;
    };
    try {
      const coordinator = launch('coordinator-api', {
        PORT: String(options.port),
        DATABASE_URL: options.databaseUrl,
        BOOTSTRAP_ADMIN_KEY: options.adminKey,
      });
      const url = await coordinator.expectLog((entry) =>
        entry['event'] === 'listening' ? String(entry['url']) : undefined,
      );
      const keys = await options.keys(new Api(url, options.adminKey));
      const miner = launch('miner', {
        COORDINATOR_URL: url,
        MINER_KEY: keys.miner,
        MINER_STATE_DIR: options.minerStateFolder,
      });
      const platform = new Platform(coordinator, miner, url, keys);
      await platform.minerOnline();
      return platform;
    } catch (error) {
      await Promise.all(started.map((child) => child.stop()));
      throw error;
    }
  }

  /** Resolves with the name of the process that has ended by itself. */
  get broken(): Promise<string> {
    const of = async (name: string, child: ChildApp) => `${name} ended with ${await child.ended}`;
    return Promise.race([of('coordinator-api', this.coordinator), of('miner', this.miner)]);
  }

  /** The API with the client's key. */
  get client(): Api {
    return new Api(this.url, this.keys.client);
  }

  /** The miner first, so that it can hand its jobs back to a coordinator that still answers. */
  async stop(): Promise<void> {
    await this.miner.stop();
    await this.coordinator.stop();
  }

  private async minerOnline(): Promise<void> {
    const end = Date.now() + MINER_ONLINE_MS;
    while (Date.now() < end) {
      const { items } = await this.client.get<{ items: { type: string; miners_online: number }[] }>('/api/v1/services');
      if (items.some(({ miners_online: online }) => online > 0)) return;
      await Promise.race([sleep(100), this.broken.then((reason) => Promise.reject(new Error(reason)))]);
    }
    throw new Error('no miner came online');
  }
}
