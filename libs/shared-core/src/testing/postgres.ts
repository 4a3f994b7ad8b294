import { ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';

export interface TestPostgres {
  /** Makes an empty database and gives its URL. */
  createDatabase(): Promise<string>;
  /** Removes the databases that were made here, and the server with its files if it was started here. */
  stop(): Promise<void>;
}

/** A PostgreSQL of the test's own on a free port, or the one that `TEST_DATABASE_URL` names. */
export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_DATABASE_URL'];
  if (given) return new GivenServer(given);
  const child = spawn(process.execPath, [join(__dirname, 'postgres-server.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return new StartedServer(child, await announcedUrl(child));
}

class GivenServer implements TestPostgres {
  private readonly made: string[] = [];

  constructor(private readonly url: string) {}

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

class StartedServer extends GivenServer {
  constructor(
    private readonly child: ChildProcess,
    url: string,
  ) {
    super(databaseUrl(url, 'postgres'));
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

/** The first line of the child: where the server listens, or why it does not. */
async function announcedUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the server process has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const announcement = JSON.parse(line) as { url?: string; error?: string; log?: string[] };
    if (announcement.url) return announcement.url;
    throw new Error(`PostgreSQL did not start: ${announcement.error ?? ''}\n${announcement.log?.join('') ?? ''}`);
  }
  throw new Error('PostgreSQL did not start: its process ended');
}
