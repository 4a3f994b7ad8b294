import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeOnEngines, waitFor } from '@aitbc/shared-core/testing';
import { AgentContextFixture, type AgentContextOptions, dataStep } from '../../testing/agent-context-fixture';
import { openEngineLink } from './engine-link';

const HOUR = 3_600_000;
/** So long that nothing here happens because a worker looked by itself. */
const NEVER_MS = 600_000;

describeOnEngines('a process that serves and one that runs', (engine) => {
  const opened: AgentContextFixture[] = [];
  let url: string;
  beforeAll(async () => (url = await engine.freshUrl()));
  afterEach(() => Promise.all(opened.splice(0).map(({ context }) => context.stop())));

  async function open(options: AgentContextOptions): Promise<AgentContextFixture> {
    const fixture = await AgentContextFixture.open(engine, { url, pollMs: NEVER_MS, ...options });
    opened.push(fixture);
    return fixture;
  }

  if (engine.engine === 'sqlite') {
    it('hear of each other by looking', async () => {
      const api = await open({ worker: false });
      await open({ pollMs: 50 });
      const id = await api.start(await api.workflow({ a: dataStep('1') }));
      expect(await api.until(id)).toMatchObject({ status: 'completed' });
    });
    return;
  }

  it('begin at once what was stored, without waiting for a look', async () => {
    const api = await open({ worker: false });
    await open({});
    const workflow = await api.workflow({ a: dataStep('1'), b: dataStep('2') }, { dependencies: { b: ['a'] } });
    // The first may find the worker's ears not open yet: its own first look comes at its start.
    await api.until(await api.start(workflow));
    for (let count = 0; count < 5; count += 1) {
      expect(await api.until(await api.start(workflow))).toMatchObject({ status: 'completed' });
    }
  });

  it('end within a second what is cancelled', async () => {
    const silent = await SilentEndpoint.open();
    const api = await open({ worker: false });
    await open({ config: { INFERENCE_BASE_URL: silent.url, INFERENCE_MODELS: ['tiny'] } });
    const step = {
      name: 'Chat',
      step_type: 'inference',
      model_requirements: { provider: 'openai', model: 'tiny' },
      input_mappings: { prompt: 'inputs.prompt' },
    };
    const id = await api.start(await api.workflow({ chat: step }), { inputs: { prompt: 'abc' } });
    await waitFor(() => silent.open === 1);
    const cancelled = await api.post(`/executions/${id}/cancel`);
    expect(cancelled.status).toBe(200);
    await waitFor(() => silent.open === 0);
    await silent.close();
  });

  it('wake a step that waits for a signal', async () => {
    const api = await open({ worker: false });
    await open({});
    const workflow = await api.workflow({ gate: dataStep('$signal.n', { config: GATE }) });
    const id = await api.start(workflow);
    await api.until(id, ({ step_states }) => step_states['gate']?.status === 'waiting');
    const sent = await api.post(`/executions/${id}/signals/go`, { data: { n: 7 } });
    expect(sent.status).toBe(202);
    expect(await api.until(id)).toMatchObject({ status: 'completed', final_result: { gate: 7 } });
  });

  it.each([HOUR, -HOUR])('keep the time of a timer when the clock of the worker is %i ms wrong', async (skew) => {
    const api = await open({ worker: false });
    const wrong = () => performance.timeOrigin + performance.now() + skew;
    await open({ link: (db, logger) => openEngineLink(db, logger, wrong) });
    const step = dataStep('1', { config: { expression: '1', wait_for: { seconds: 1 } } });
    const id = await api.start(await api.workflow({ late: step }));
    await api.until(id);
    const [row] = await api.db.readSql((sql) => sql.query<Ran>(RAN, [id]));
    const took = (row?.completed_at ?? 0) - (row?.started_at ?? 0);
    expect(took).toBeGreaterThanOrEqual(1_000);
    expect(took).toBeLessThan(HOUR / 2);
    // Claimed to begin and to end, and not again and again in between.
    expect(row?.lease_epoch).toBeLessThanOrEqual(4);
    // The times are the database's, as are those of the process with the right clock.
    expect(Math.abs((row?.completed_at ?? 0) - Date.now())).toBeLessThan(HOUR / 2);
  });

  it.each([HOUR, -HOUR])('run what a process stored whose clock is %i ms wrong', async (skew) => {
    const wrong = () => performance.timeOrigin + performance.now() + skew;
    const api = await open({ worker: false, link: (db, logger) => openEngineLink(db, logger, wrong) });
    await open({});
    const id = await api.start(await api.workflow({ a: dataStep('1') }));
    expect(await api.until(id)).toMatchObject({ status: 'completed' });
  });
});

const GATE = { expression: '$signal.n', wait_for: { signal: 'go' } };

interface Ran {
  readonly started_at: number;
  readonly completed_at: number;
  readonly lease_epoch: number;
}
const RAN = 'SELECT started_at, completed_at, lease_epoch FROM agent_executions WHERE id = $1';

/** Takes requests and answers none. */
class SilentEndpoint {
  /** Requests whose senders still wait. */
  open = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      this.open += 1;
      request.resume();
      response.on('close', () => (this.open -= 1));
    });
  }

  static async open(): Promise<SilentEndpoint> {
    const endpoint = new SilentEndpoint(createServer());
    endpoint.server.listen(0, '127.0.0.1');
    await once(endpoint.server, 'listening');
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
