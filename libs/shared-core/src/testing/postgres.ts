import { ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';

export interface TestPostgres {
  /** Of the server. */
  readonly url: string;
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Removes the databases that were made here, and the server with its files if it was started here. */
  stop(): Promise<void>;
}

export interface CrashablePostgres extends TestPostgres {
  /** Ends the server without any farewell, and starts it again at the same URL; resolves when it serves. */
  restart(): Promise<void>;
}

/** A PostgreSQL of the test's own on a free port, or the one that `TEST_DATABASE_URL` names. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return new GivenServer(given);
  return StartedServer.start();
}

/** A PostgreSQL of the test's own, always, that keeps what was committed when it is made to crash. */
export function startCrashablePostgres(): Promise<CrashablePostgres> {
  return StartedServer.start('durable');
}

/** A PostgreSQL of one's own with the settings that it comes with: each commit is synced to the disk. For measurements. */
export function startProductionPostgres(): Promise<TestPostgres> {
  return StartedServer.start('production');
}

class GivenServer implements TestPostgres {
  private readonly made: string[] = [];

  constructor(readonly url: string) {}

  async createDatabase(): Promise<string> {
    const name = `aitbc_${randomUUID().replaceAll('-', '')}`;
    await this.administer(`CREATE DATABASE ${name}`);
    this.made.push(name);
    return databaseUrl(this.url, name);
  }

  async stop(): Promise<void> {
    for (const name of this.made.splice(0)) await this.administer(`DROP DATABASE ${name} WITH (FORCE)`);
  }

  private async administer(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.url });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

class StartedServer extends GivenServer implements CrashablePostgres {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: AsyncIterator<string>,
    url: string,
  ) {
    super(databaseUrl(url, 'postgres'));
  }

  static async start(...args: string[]): Promise<StartedServer> {
    const child = spawn(process.execPath, [join(__dirname, 'postgres-server.mjs'), ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    return new StartedServer(child, lines, await announcedUrl(lines));
  }

  async restart(): Promise<void> {
    this.child.stdin?.write('restart\n');
    await announcedUrl(this.lines);
  }

  /** The databases go with the files. */
  override async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.stdin?.end();
    await exited;
  }
}

function databaseUrl(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** The next line of the child: where the server listens, or why it does not. */
async function announcedUrl(lines: AsyncIterator<string>): Promise<string> {
  const { done, value } = await lines.next();
  if (done === true) throw new Error('PostgreSQL did not start: its process ended');
  const announcement = JSON.parse(value) as { url?: string; error?: string; log?: string[] };
  if (announcement.url) return announcement.url;
  throw new Error(`PostgreSQL did not start: ${announcement.error ?? ''}\n${announcement.log?.join('') ?? ''}`);
}
