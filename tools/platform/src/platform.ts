import { setTimeout as sleep } from 'node:timers/promises';
import { Api, type ServiceUrls } from './api';
import { type AppName, ChildApp } from './child-app';
import { freePort } from './free-port';
import { unlessAborted } from './interruption';
import type { PlatformKeys } from './keys';
import type { BuiltRelease } from './releases/build-release';
import { hotVariables } from './releases/release';
import { Supervisor } from './supervisor';

export interface PlatformOptions {
  /** Folder of the built workspace, with `apps/` in it. */
  readonly dist: string;
  /** Environment of all processes. */
  readonly environment: Record<string, string>;
  /** The ports of the services; `0` takes a free one. */
  readonly ports: { readonly coordinator: string; readonly agents: string };
  readonly databaseUrl: string;
  readonly minerStateFolder: string;
  /** A release that runs hot beside today's services, so that a router can return to it at once. */
  readonly release?: HotRelease | undefined;
  readonly adminKey: string;
  /** Gives the keys of a client and of a miner, made with the admin key when there are none yet. */
  readonly keys: (admin: Api) => Promise<PlatformKeys>;
  /** `name` is that of the app, or of the release. */
  readonly onLine: (name: string, line: string) => void;
  /** Gets a sentence about each process that has died and is started again. */
  readonly onRestart: (sentence: string) => void;
  /** Ends the start; the running platform is ended by `stop`. */
  readonly signal: AbortSignal;
}

/** A built release, and the port that it gets. */
export interface HotRelease extends Pick<BuiltRelease, 'name' | 'app' | 'dist'> {
  readonly port: string;
}

const MINER_ONLINE_MS = 20_000;
const LOOK_MS = 100;

/** The processes of the platform on this machine, which are kept running: the coordinator, agent-management, one miner. */
export class Platform {
  private constructor(
    private readonly supervisor: Supervisor,
    readonly urls: ServiceUrls,
    readonly keys: PlatformKeys,
  ) {}

  /**
   * Starts all, and resolves when a miner is online. What has been started is stopped again when something fails.
   * @throws Error that says which process failed and why; the reason of the signal.
   */
  static async start(options: PlatformOptions): Promise<Platform> {
    const supervisor = new Supervisor(options.onRestart);
    try {
      return await unlessAborted(options.signal, Platform.startAll(options, supervisor));
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
  }

  private static async startAll(options: PlatformOptions, supervisor: Supervisor): Promise<Platform> {
    const launcher = (app: AppName, environment: Record<string, string>) => () =>
      new ChildApp({
        app,
        dist: options.dist,
        onLine: (line) => options.onLine(app, line),
        environment: { ...options.environment, LOG_FORMAT: 'json', ...environment },
      });
    const database = { DATABASE_URL: options.databaseUrl, BOOTSTRAP_ADMIN_KEY: options.adminKey };
    // Known beforehand, since each is told where the other one is, and both keep their addresses when they are started again.
    const ports = { coordinator: await chosen(options.ports.coordinator), agents: await agentPort(options) };
    const agents = `http://${hostOf(options.environment)}:${ports.agents}`;
    const coordinator = await supervisor.start(
      launcher('coordinator-api', { ...database, PORT: ports.coordinator, AGENT_MANAGEMENT_URL: agents }),
      (child) => child.listening(),
    );
    const keys = await options.keys(new Api(coordinator, options.adminKey));
    await supervisor.start(
      launcher('agent-management', { ...database, PORT: ports.agents, COORDINATOR_URL: coordinator }),
      (child) => child.listening(),
    );
    if (options.release) {
      const variables = { ...database, ...hotVariables(coordinator, options.release.port) };
      await startHot(options.release, variables, { options, supervisor });
    }
    const platform = new Platform(supervisor, { coordinator, agents }, keys);
    const miner = { COORDINATOR_URL: coordinator, MINER_KEY: keys.miner, MINER_STATE_DIR: options.minerStateFolder };
    await supervisor.start(launcher('miner', miner), (child) => platform.minerOnline(child));
    return platform;
  }

  /** Resolves when the platform cannot go on, with a sentence that says why. */
  get broken(): Promise<string> {
    return this.supervisor.broken;
  }

  /** The API with the client's key. */
  get client(): Api {
    return new Api(this.urls, this.keys.client);
  }

  /**
   * The miner first, so that it can hand its jobs back to a coordinator that still answers; then agent-management, which
   * may have jobs to cancel there.
   */
  stop(): Promise<void> {
    return this.supervisor.stop();
  }

  /** Asks no longer than the process of the miner lives. */
  private async minerOnline(miner: ChildApp): Promise<void> {
    const end = Date.now() + MINER_ONLINE_MS;
    const ended = miner.ended.then(() => true);
    while (Date.now() < end) {
      const { items } = await this.client.get<{ items: { miners_online: number }[] }>('/api/v1/services');
      if (items.some(({ miners_online: online }) => online > 0)) return;
      if (await Promise.race([sleep(LOOK_MS, false), ended])) break;
    }
    throw new Error('no miner came online');
  }
}

async function startHot(
  { name, app, dist }: HotRelease,
  environment: Record<string, string>,
  { options, supervisor }: { readonly options: PlatformOptions; readonly supervisor: Supervisor },
): Promise<void> {
  const launch = () =>
    new ChildApp({
      app,
      dist,
      onLine: (line) => options.onLine(name, line),
      environment: { ...options.environment, LOG_FORMAT: 'json', ...environment },
    });
  await supervisor.start(launch, (child) => child.listening());
}

async function chosen(port: string): Promise<string> {
  return port === '0' ? String(await freePort()) : port;
}

/** It is part of a URL that the coordinator is given, which could not say what is wrong with it. */
async function agentPort({ ports: { agents } }: PlatformOptions): Promise<string> {
  if (/^\d+$/.test(agents) && Number(agents) <= 65_535) return chosen(agents);
  throw new Error(`AGENT_PORT: '${agents}' is not a whole number from 0 to 65535`);
}

/** As services write the address that they listen on. */
function hostOf({ HOST = '127.0.0.1' }: Record<string, string>): string {
  return HOST.includes(':') ? `[${HOST}]` : HOST;
}
