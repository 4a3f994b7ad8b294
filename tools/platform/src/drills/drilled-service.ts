import { Api } from '../api';
import { ChildApp, type ServiceName } from '../child-app';
import { inheritedEnvironment } from '../environment';
import { issueKeys, newAdminKey, type PlatformKeys } from '../keys';

export interface DrilledServiceOptions {
  readonly service: ServiceName;
  /** Folder of the built workspace, with `apps/` in it. */
  readonly dist: string;
  readonly databaseUrl: string;
  readonly onLine: (process: string, line: string) => void;
}

/** A process that listens. */
export interface DrilledProcess {
  readonly process: ChildApp;
  readonly url: string;
  /** `host:port`. */
  readonly server: string;
}

/** Processes of one service on one database, on free ports, for one drill; with a coordinator that is left alone. */
export class DrilledService {
  private readonly adminKey = newAdminKey();
  private readonly started: ChildApp[] = [];
  private beside: Promise<DrilledProcess> | undefined;

  constructor(private readonly options: DrilledServiceOptions) {}

  /** @throws Error when it ends before it listens. */
  async start(name: string): Promise<DrilledProcess> {
    const { url } = await this.coordinator();
    return this.launch(this.options.service, name, { COORDINATOR_URL: url });
  }

  /** Keys of a client and of a miner, which all processes know. */
  async keys(): Promise<PlatformKeys> {
    return issueKeys(new Api((await this.coordinator()).url, this.adminKey));
  }

  /** Stops all that still run, the coordinator last. */
  async stop(): Promise<void> {
    const [coordinator, ...others] = this.started;
    await Promise.all(others.map((each) => each.stop()));
    await coordinator?.stop();
  }

  private coordinator(): Promise<DrilledProcess> {
    this.beside ??= this.launch('coordinator-api', 'coordinator');
    return this.beside;
  }

  private async launch(
    app: ServiceName,
    name: string,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<DrilledProcess> {
    const { dist, databaseUrl, onLine } = this.options;
    const process = new ChildApp({
      app,
      dist,
      onLine: (line) => onLine(name, line),
      environment: {
        ...inheritedEnvironment(),
        LOG_FORMAT: 'json',
        PORT: '0',
        DATABASE_URL: databaseUrl,
        BOOTSTRAP_ADMIN_KEY: this.adminKey,
        RATE_LIMIT_PER_SECOND: '0',
        ...variables,
      },
    });
    this.started.push(process);
    const url = await process.listening();
    return { process, url, server: new URL(url).host };
  }
}
