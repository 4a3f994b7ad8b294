import { Api } from '../api';
import { ChildApp } from '../child-app';
import { inheritedEnvironment } from '../environment';
import { issueKeys, newAdminKey } from '../keys';

export interface CoordinatorsOptions {
  /** Folder of the built workspace, with `apps/` in it. */
  readonly dist: string;
  readonly databaseUrl: string;
  readonly onLine: (app: string, line: string) => void;
}

/** A coordinator that listens. */
export interface Coordinator {
  readonly process: ChildApp;
  readonly url: string;
  /** `host:port`. */
  readonly server: string;
}

/** Coordinators on one database, on free ports, for one drill. */
export class Coordinators {
  private readonly adminKey = newAdminKey();
  private readonly started: ChildApp[] = [];

  constructor(private readonly options: CoordinatorsOptions) {}

  /** @throws Error when it ends before it listens. */
  async start(name: string): Promise<Coordinator> {
    const { dist, databaseUrl, onLine } = this.options;
    const process = new ChildApp({
      app: 'coordinator-api',
      dist,
      onLine: (line) => onLine(name, line),
      environment: {
        ...inheritedEnvironment(),
        LOG_FORMAT: 'json',
        PORT: '0',
        DATABASE_URL: databaseUrl,
        BOOTSTRAP_ADMIN_KEY: this.adminKey,
        RATE_LIMIT_PER_SECOND: '0',
      },
    });
    this.started.push(process);
    const url = await process.expectLog(({ event, url: at }) => (event === 'listening' ? String(at) : undefined));
    return { process, url, server: new URL(url).host };
  }

  /** A client's key, which all of them know. */
  async clientKey({ url }: Coordinator): Promise<string> {
    return (await issueKeys(new Api(url, this.adminKey))).client;
  }

  /** Stops all that still run. */
  async stop(): Promise<void> {
    await Promise.all(this.started.map((each) => each.stop()));
  }
}
