import { ChildApp, type OutputStream, type ProgramName } from './child-app';
import { inheritedEnvironment } from './environment';
import { newAdminKey } from './keys';

export interface FleetOptions {
  /** Folder of the built workspace, with `apps/` in it. */
  readonly dist: string;
  readonly databaseUrl: string;
  /** Gets each line that a process writes; `name` is what it was launched as. */
  readonly onLine: (name: string, line: string, stream: OutputStream) => void;
  /** Working directory of all; by default the caller's. */
  readonly folder?: string;
  /** Of all processes. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface Launch {
  readonly app: ProgramName;
  /** Its command line; by default none. */
  readonly args?: readonly string[];
  /** By default that of the app. */
  readonly name?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Folder of another built workspace, such as a release's. */
  readonly dist?: string;
}

/** Processes of the platform on one database, with one admin key, that write their log as JSON. */
export class Fleet {
  readonly adminKey = newAdminKey();
  private readonly launched = new Map<string, ChildApp>();

  constructor(private readonly options: FleetOptions) {}

  /** Starts a process; one of the same name before it is forgotten. */
  launch({ app, args = [], name = app, variables = {}, dist = this.options.dist }: Launch): ChildApp {
    const { folder, onLine } = this.options;
    const child = new ChildApp({
      ...{ app, args, dist },
      ...(folder !== undefined && { cwd: folder }),
      onLine: (line, stream) => onLine(name, line, stream),
      environment: {
        ...inheritedEnvironment(),
        DATABASE_URL: this.options.databaseUrl,
        BOOTSTRAP_ADMIN_KEY: this.adminKey,
        LOG_FORMAT: 'json',
        ...this.options.variables,
        ...variables,
      },
    });
    this.launched.delete(name);
    this.launched.set(name, child);
    return child;
  }

  /** @throws Error when nothing was launched by that name. */
  process(name: string): ChildApp {
    const child = this.launched.get(name);
    if (!child) throw new Error(`there is no process '${name}'`);
    return child;
  }

  /** As a power cut would. */
  async kill(name: string): Promise<void> {
    const child = this.process(name);
    child.killGroup();
    await child.ended;
  }

  /** The one that was started last first: it needs those that were there before it. */
  async stop(): Promise<void> {
    for (const child of [...this.launched.values()].toReversed()) {
      // A frozen one would not see the signal.
      child.signal('SIGCONT');
      await child.stop();
    }
  }
}
