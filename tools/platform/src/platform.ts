import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './api';
import { type AppName, ChildApp } from './child-app';
import { unlessAborted } from './interruption';
import type { PlatformKeys } from './keys';

export interface PlatformOptions {
  /** Folder of the built workspace, with `apps/` in it. */
  readonly dist: string;
  /** Environment of all processes. */
  readonly environment: Record<string, string>;
  /** `0` takes a free one. */
  readonly port: string;
  readonly databaseUrl: string;
  readonly minerStateFolder: string;
  readonly adminKey: string;
  /** Gives the keys of a client and of a miner, made with the admin key when there are none yet. */
  readonly keys: (admin: Api) => Promise<PlatformKeys>;
  readonly onLine: (app: AppName, line: string) => void;
  /** Ends the start; the running platform is ended by `stop`. */
  readonly signal: AbortSignal;
}

const MINER_ONLINE_MS = 20_000;
const LOOK_MS = 100;

/** The processes of the platform on this machine: the coordinator and one miner. */
export class Platform {
  private constructor(
    private readonly coordinator: ChildApp,
    private readonly miner: ChildApp,
    readonly url: string,
    readonly keys: PlatformKeys,
  ) {}

  /**
   * Starts all, and resolves when a miner is online. What has been started is stopped again when something fails.
   * @throws Error that says which process failed and why; the reason of the signal.
   */
  static async start(options: PlatformOptions): Promise<Platform> {
    const started: ChildApp[] = [];
    try {
      return await unlessAborted(options.signal, Platform.startAll(options, started));
    } catch (error) {
      await Promise.all(started.map((child) => child.stop()));
      throw error;
    }
  }

  private static async startAll(options: PlatformOptions, started: ChildApp[]): Promise<Platform> {
    const launch = (app: AppName, environment: Record<string, string>): ChildApp => {
      // Aborted while the start went on: nobody would stop what is launched now.
      options.signal.throwIfAborted();
      const child = new ChildApp({
        app,
        dist: options.dist,
        onLine: (line) => options.onLine(app, line),
        environment: { ...options.environment, LOG_FORMAT: 'json', ...environment },
      });
      started.push(child);
      return child;
    };
    const coordinator = launch('coordinator-api', {
      PORT: options.port,
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
  }

  /** Resolves when a process has ended by itself, with a sentence that says which, and why. */
  get broken(): Promise<string> {
    return Promise.race([this.coordinator.end, this.miner.end]);
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
      const { items } = await this.client.get<{ items: { miners_online: number }[] }>('/api/v1/services');
      if (items.some(({ miners_online: online }) => online > 0)) return;
      await Promise.race([sleep(LOOK_MS), this.broken.then((reason) => Promise.reject(new Error(reason)))]);
    }
    throw new Error('no miner came online');
  }
}
