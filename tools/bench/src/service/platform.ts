import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from '../scenario';
import { JsonClient } from './json-client';
import { freePort, ServiceProcess } from './service-process';

/** A service that answers, and its API with the key of the client. */
export interface Service {
  readonly process: ServiceProcess;
  readonly url: string;
  readonly client: JsonClient;
}

/** The built agent-management as operators run it, which is what is measured; with a coordinator beside it. */
export interface Platform extends Service {
  /** Key of a client, whose requests are authenticated and counted by the rate limiter. */
  readonly key: string;
  readonly coordinator: Service;
  /** Of SQLite, unless a variable names another database. */
  readonly databaseFile: string;
  close(): Promise<void>;
}

/** Of the environment, beside those that every service is given here. */
type Variables = Readonly<Record<string, string>>;

/** Enough that the rate limiter counts every request and refuses none. */
const RATE_LIMIT = '1000000';
/** Nobody is there. */
const NOWHERE = 'http://127.0.0.1:1';

/**
 * Starts both in the bench's folder, on one database there: authentication, access log and rate limiter are on, and SQLite
 * is as durable as it always is here (`synchronous=FULL`).
 */
export async function startPlatform(bench: Bench, variables: Variables = {}): Promise<Platform> {
  const adminKey = randomBytes(32).toString('base64url');
  const agentPort = await freePort();
  const coordinator = await startProcess({ ...bench, serviceArguments: [] }, 'coordinator-api', await freePort(), {
    BOOTSTRAP_ADMIN_KEY: adminKey,
    AGENT_MANAGEMENT_URL: `http://127.0.0.1:${agentPort}`,
    ...variables,
  });
  try {
    const key = await clientKey(coordinator.url, adminKey);
    const agents = await startProcess(bench, 'agent-management', agentPort, {
      COORDINATOR_URL: coordinator.url,
      ...variables,
    });
    return platformOf(bench, serviceOf(agents, key), serviceOf(coordinator, key), key);
  } catch (error) {
    await coordinator.stop();
    throw error;
  }
}

/** The one process that both services were before the extraction, built from the history, on a database of its own. */
export async function startMonolith(bench: Bench): Promise<Service & { close(): Promise<void> }> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(bench.dist, 'tools', 'platform', 'release.js'),
    'monolith',
  ]);
  const adminKey = randomBytes(32).toString('base64url');
  const release = { ...bench, dist: stdout.trim() };
  const running = await startProcess(release, 'coordinator-api', await freePort(), {
    BOOTSTRAP_ADMIN_KEY: adminKey,
    DATABASE_URL: `sqlite:${join(bench.folder, 'monolith.db')}`,
  });
  const service = serviceOf(running, await clientKey(running.url, adminKey));
  return { ...service, close: () => closeService(service) };
}

async function clientKey(url: string, adminKey: string): Promise<string> {
  const admin = new JsonClient(url, adminKey);
  const { api_key: key } = await admin.post<{ api_key: string }>('/api/v1/admin/api-keys', {
    subject: 'bench',
    role: 'client',
  });
  admin.close();
  return key;
}

/** Another process of agent-management on the database of the platform, for the same client. */
export async function startAnother(bench: Bench, { coordinator, key }: Platform, variables: Variables) {
  const more = { COORDINATOR_URL: coordinator.url, ...variables };
  const agents = serviceOf(await startProcess(bench, 'agent-management', await freePort(), more), key);
  return { ...agents, close: () => closeService(agents) };
}

/** The process of agent-management alone; a first one makes the database. */
export async function startAgentManagement(bench: Bench): Promise<ServiceProcess> {
  return startProcess(bench, 'agent-management', await freePort(), { COORDINATOR_URL: NOWHERE });
}

function platformOf({ folder }: Bench, agents: Service, coordinator: Service, key: string): Platform {
  return {
    ...agents,
    key,
    coordinator,
    databaseFile: databaseFileIn(folder),
    async close() {
      await closeService(agents);
      await closeService(coordinator);
    },
  };
}

function serviceOf(process: ServiceProcess, key: string): Service {
  return { process, url: process.url, client: new JsonClient(process.url, key) };
}

async function closeService({ client, process }: Service): Promise<void> {
  client.close();
  await process.stop();
}

function databaseFileIn(folder: string): string {
  return join(folder, 'coordinator.db');
}

function startProcess(
  { dist, folder, serviceArguments }: Bench,
  app: 'agent-management' | 'coordinator-api',
  port: number,
  variables: Variables,
): Promise<ServiceProcess> {
  return ServiceProcess.start({
    command: [...serviceArguments, join(dist, 'apps', app, 'main.js')],
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
