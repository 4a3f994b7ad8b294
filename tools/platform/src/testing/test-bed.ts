import { type TemporaryFolder, temporaryFolder, waitFor } from '@aitbc/shared-core/testing';
import { Api } from '../api';
import { type AppName, ChildApp } from '../child-app';
import { issueKeys, newAdminKey, type PlatformKeys } from '../keys';
import { DIST } from './dist';
import { isRunning, processesWith } from './processes';

type Variables = Readonly<Record<string, string>>;
export type LogEntry = Readonly<Record<string, unknown>>;

/** A built app as a process of its own, with all that it has written. */
export interface LaunchedApp {
  readonly process: ChildApp;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** Standard output as log entries. */
  log(): LogEntry[];
}

export interface LaunchedCoordinator extends LaunchedApp {
  readonly url: string;
  /** Keys of a client and of a miner. */
  readonly keys: PlatformKeys;
  readonly admin: Api;
  readonly client: Api;
}

/** Real processes of one test, in a folder of its own, on free ports; all end with it, whatever happened. */
export class TestBed {
  readonly folder: TemporaryFolder = temporaryFolder();
  readonly adminKey = newAdminKey();
  private readonly apps: ChildApp[] = [];

  /** Starts an app with these variables and as little else as possible; it writes JSON lines. */
  launch(app: AppName, variables: Variables = {}): LaunchedApp {
    const lines = { stdout: [] as string[], stderr: [] as string[] };
    const child = new ChildApp({
      app,
      dist: DIST,
      cwd: this.folder.path,
      environment: { PATH: '/usr/local/bin:/usr/bin:/bin', TMPDIR: this.folder.path, LOG_FORMAT: 'json', ...variables },
      onLine: (line, stream) => lines[stream].push(line),
    });
    this.apps.push(child);
    return { process: child, ...lines, log: () => lines.stdout.map((line) => JSON.parse(line) as LogEntry) };
  }

  /** A coordinator that listens, on the bed's database unless told otherwise, with keys for a client and a miner. */
  async coordinator(variables: Variables = {}): Promise<LaunchedCoordinator> {
    const launched = this.launch('coordinator-api', {
      PORT: '0',
      DATABASE_URL: `sqlite:${this.folder.file('coordinator.db')}`,
      BOOTSTRAP_ADMIN_KEY: this.adminKey,
      RATE_LIMIT_PER_SECOND: '0',
      ...variables,
    });
    const url = await launched.process.expectLog(({ event, url: at }) =>
      event === 'listening' ? String(at) : undefined,
    );
    const admin = new Api(url, this.adminKey);
    const keys = await issueKeys(admin);
    return { ...launched, url, admin, keys, client: admin.withKey(keys.client) };
  }

  /** A miner of that coordinator that is online. */
  async miner(
    { url, keys, admin }: Pick<LaunchedCoordinator, 'url' | 'keys' | 'admin'>,
    id: string,
    variables: Variables = {},
  ): Promise<LaunchedApp> {
    const launched = this.launch('miner', {
      COORDINATOR_URL: url,
      MINER_KEY: keys.miner,
      MINER_ID: id,
      MINER_STATE_DIR: this.folder.file(id),
      ...variables,
    });
    const online = async () => {
      const { items } = await admin.get<{ items: { miner_id: string; online: boolean }[] }>('/api/v1/miners');
      return items.some((miner) => miner.miner_id === id && miner.online);
    };
    const over = launched.process.end.then((sentence) => Promise.reject(new Error(sentence)));
    await Promise.race([waitFor(online, { timeoutMs: 20_000, everyMs: 50 }), over]);
    return launched;
  }

  /** Kills all that still runs, programs of jobs included, and removes the folder. */
  async close(): Promise<void> {
    for (const app of this.apps) app.killGroup();
    await Promise.all(this.apps.map((app) => app.ended));
    for (const pid of processesWith(this.folder.path)) process.kill(pid, 'SIGKILL');
    await waitFor(() => !processesWith(this.folder.path).some(isRunning));
    await this.folder.remove();
  }
}
