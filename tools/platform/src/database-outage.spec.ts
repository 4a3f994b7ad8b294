import { type CrashablePostgres, startCrashablePostgres, waitFor } from '@aitbc/shared-core/testing';
import { Client } from 'pg';
import { AGENT_API } from './api';
import { createWorkflow, execute } from './testing/executions';
import { type LaunchedPlatform, TestBed } from './testing/test-bed';

const EXECUTIONS = 12;

interface Status {
  readonly status: string;
  readonly step_states: { readonly ask: { readonly attempt: number; readonly job_id: string | null } };
}

describe('steps that submit jobs while the database restarts', () => {
  const bed = new TestBed();
  let postgres: CrashablePostgres;
  let url: string;
  let platform: LaunchedPlatform;
  const clients: Client[] = [];
  beforeAll(async () => {
    postgres = await startCrashablePostgres();
    url = await postgres.createDatabase();
    platform = await bed.platform({ DATABASE_URL: url });
  }, 60_000);
  afterAll(async () => {
    await Promise.allSettled(clients.map((client) => client.end()));
    await bed.close();
    await postgres.stop();
  });

  async function start(): Promise<string[]> {
    const config = { service_type: 'text_analysis', parameters: { text: 'a fine day', tasks: ['language'] } };
    const steps = { ask: { name: 'Ask', step_type: 'inference', config, max_retries: 0 } };
    const workflow = await createWorkflow(platform.client, { name: 'W', steps });
    return Promise.all(Array.from({ length: EXECUTIONS }, () => execute(platform.client, workflow)));
  }

  /** Nothing while the database is away, whatever is answered then. */
  function statusOf(id: string): Promise<Status | undefined> {
    return platform.client.get<Status>(`${AGENT_API}/executions/${id}/status`).catch(() => undefined);
  }

  /** A connection that is cut with all others. */
  async function connect(): Promise<Client> {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  }

  /** Keeps the jobs' table from everybody else, so that submissions are under way until the server goes. */
  async function holdJobs(): Promise<void> {
    const holder = await connect();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE');
  }

  async function untilSubmissionsWait(): Promise<void> {
    const observer = await connect();
    const waiters = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT "Job"%'`;
    await waitFor(async () => ((await observer.query(waiters)).rowCount ?? 0) > 2, { everyMs: 1 });
  }

  it('lose no attempt by it, and submit when it is back', async () => {
    await holdJobs();
    const ids = await start();
    await untilSubmissionsWait();
    await postgres.restart();
    for (const id of ids) {
      const { step_states: states } = await waitFor(
        async () => {
          const found = await statusOf(id);
          const ended = found && ['failed', 'completed'].includes(found.status);
          return ended || found?.step_states.ask.job_id ? found : undefined;
        },
        { timeoutMs: 45_000, everyMs: 50 },
      );
      expect(states.ask).toMatchObject({ status: 'waiting', attempt: 1, error_code: null });
    }
  }, 120_000);
});
