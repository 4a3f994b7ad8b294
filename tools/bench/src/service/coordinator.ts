import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Bench } from '../scenario';
import { JsonClient } from './json-client';
import { freePort, ServiceProcess } from './service-process';

/** The built coordinator as operators run it, with a client's key. */
export interface Coordinator {
  readonly process: ServiceProcess;
  readonly url: string;
  /** Key of a client, whose requests are authenticated and counted by the rate limiter. */
  readonly key: string;
  readonly client: JsonClient;
  /** Of SQLite, unless a variable names another database. */
  readonly databaseFile: string;
  close(): Promise<void>;
}

/** Of the environment, beside those that every coordinator is given here. */
type Variables = Readonly<Record<string, string>>;

/** Enough that the rate limiter counts every request and refuses none. */
const RATE_LIMIT = '1000000';

/**
 * Starts it in the bench's folder, on its database there: authentication, access log and rate limiter are on, and SQLite
 * is as durable as it always is here (`synchronous=FULL`).
 */
export async function startCoordinator(bench: Bench, variables: Variables = {}): Promise<Coordinator> {
  const adminKey = randomBytes(32).toString('base64url');
  const process = await startCoordinatorProcess(bench, { BOOTSTRAP_ADMIN_KEY: adminKey, ...variables });
  const admin = new JsonClient(process.url, adminKey);
  const issued = await admin.post<{ api_key: string }>('/api/v1/admin/api-keys', { subject: 'bench', role: 'client' });
  admin.close();
  return coordinatorOf(bench, process, issued.api_key);
}

/** Another process on the database of `first`, for the same client. */
export async function startAnotherCoordinator(
  bench: Bench,
  first: Coordinator,
  variables: Variables,
): Promise<Coordinator> {
  return coordinatorOf(bench, await startCoordinatorProcess(bench, variables), first.key);
}

function coordinatorOf({ folder }: Bench, process: ServiceProcess, key: string): Coordinator {
  const client = new JsonClient(process.url, key);
  return {
    process,
    url: process.url,
    key,
    client,
    databaseFile: databaseFileIn(folder),
    async close() {
      client.close();
      await process.stop();
    },
  };
}

function databaseFileIn(folder: string): string {
  return join(folder, 'coordinator.db');
}

/** The process alone; a first one makes the database. */
export async function startCoordinatorProcess(
  { dist, folder, serviceArguments }: Bench,
  variables: Variables = {},
): Promise<ServiceProcess> {
  const port = await freePort();
  return ServiceProcess.start({
    command: [...serviceArguments, join(dist, 'apps/coordinator-api/main.js')],
    folder,
    port,
    healthPath: '/health',
    environment: {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      TMPDIR: folder,
      NODE_ENV: 'production',
      PORT: String(port),
      DATABASE_URL: `sqlite:${databaseFileIn(folder)}`,
      RATE_LIMIT_PER_SECOND: RATE_LIMIT,
      LOG_LEVEL: 'info',
      LOG_FORMAT: 'json',
      ...variables,
    },
  });
}
