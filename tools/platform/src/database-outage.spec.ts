import { type CrashablePostgres, startCrashablePostgres, waitFor } from '@aitbc/shared-core/testing';
import { Client } from 'pg';
import request from 'supertest';
import { ADMIN_KEY, openCoordinator, type OpenCoordinator } from './testing/open-coordinator';

const EXECUTIONS = 12;

interface Status {
  readonly status: string;
  readonly step_states: { readonly ask: { readonly attempt: number; readonly job_id: string | null } };
}

describe('steps that submit jobs while the database restarts', () => {
  let postgres: CrashablePostgres;
  let url: string;
  let opened: OpenCoordinator;
  const clients: Client[] = [];
  beforeAll(async () => {
    postgres = await startCrashablePostgres();
    url = await postgres.createDatabase();
    opened = await openCoordinator({ DATABASE_URL: url });
    opened.coordinator.start();
  }, 60_000);
  afterAll(async () => {
    await Promise.allSettled(clients.map((client) => client.end()));
    await opened.close();
    await postgres.stop();
  });

  const call = (method: 'get' | 'post', path: string) =>
    request(opened.coordinator.app)[method](`/api/v1/agent${path}`).set('X-Api-Key', ADMIN_KEY);

  async function start(): Promise<string[]> {
    const config = { service_type: 'text_analysis', parameters: { text: 'a fine day', tasks: ['language'] } };
    const steps = { ask: { name: 'Ask', step_type: 'inference', config, max_retries: 0 } };
    const workflow = await call('post', '/workflows').send({ name: 'W', steps }).expect(201);
    const starting = Array.from({ length: EXECUTIONS }, () =>
      call('post', `/workflows/${workflow.body.id}/execute`).expect(202),
    );
    return (await Promise.all(starting)).map(({ body }) => String(body.execution_id));
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
    await waitFor(async () => ((await observer.query(waiters)).rowCount ?? 0) > 2, { timeoutMs: 20_000, everyMs: 1 });
  }

  it('lose no attempt by it, and submit when it is back', async () => {
    await holdJobs();
    const ids = await start();
    await untilSubmissionsWait();
    await postgres.restart();
    for (const id of ids) {
      const { step_states: states } = await waitFor(
        async () => {
          const { status, body } = await call('get', `/executions/${id}`);
          const ended = ['failed', 'completed'].includes((body as Status).status);
          return status === 200 && (ended || (body as Status).step_states.ask.job_id) ? (body as Status) : undefined;
        },
        { timeoutMs: 45_000, everyMs: 50 },
      );
      expect(states.ask).toMatchObject({ status: 'waiting', attempt: 1, error_code: null });
    }
  }, 120_000);
});
