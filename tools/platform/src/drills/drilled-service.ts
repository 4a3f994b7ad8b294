import { Api } from '../api';
import type { ChildApp, ServiceName } from '../child-app';
import { Fleet } from '../fleet';
import { issueKeys, type PlatformKeys } from '../keys';

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
  private readonly fleet: Fleet;
  private beside: Promise<DrilledProcess> | undefined;

  constructor(private readonly options: DrilledServiceOptions) {
    this.fleet = new Fleet({ ...options, variables: { RATE_LIMIT_PER_SECOND: '0' } });
  }

  /** @throws Error when it ends before it listens. */
  async start(name: string): Promise<DrilledProcess> {
    const { url } = await this.coordinator();
    return this.launch(this.options.service, name, { COORDINATOR_URL: url });
  }

  /** Keys of a client and of a miner, which all processes know. */
  async keys(): Promise<PlatformKeys> {
    return issueKeys(new Api((await this.coordinator()).url, this.fleet.adminKey));
  }

  stop(): Promise<void> {
    return this.fleet.stop();
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
    const process = this.fleet.launch({ app, name, variables: { PORT: '0', ...variables } });
    const url = await process.listening();
    return { process, url, server: new URL(url).host };
  }
}
