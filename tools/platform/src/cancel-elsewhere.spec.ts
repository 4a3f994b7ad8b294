import { type ChatServer, startChatServer } from '@aitbc/inference-client/testing';
import { fullTests, startPostgres, type TestPostgres, waitFor } from '@aitbc/shared-core/testing';
import { AGENT_API, ApiError } from './api';
import { createWorkflow, execute, executionState, type ExecutionState, finalState } from './testing/executions';
import { type LaunchedPlatform, TestBed } from './testing/test-bed';

const MODEL = 'tiny';
/**
 * A cancel must reach a worker in another process within a second; the rest is for a busy machine. One that nobody told
 * would learn of it when it renews its lease, which is ten seconds later.
 */
const REACHED_MS = fullTests ? 1_500 : 5_000;
/** Long enough that the cancel comes before, on a busy machine too. */
const TIMER_SECONDS = 5;

const quickStep = { name: 'Quick', step_type: 'data_processing', config: { expression: '1' } };
const waitingStep = (wait: object) => ({ ...quickStep, config: { expression: '1', wait_for: wait } });
const inferenceStep = {
  name: 'Chat',
  step_type: 'inference',
  model_requirements: { provider: 'openai', model: MODEL },
  input_mappings: { prompt: { literal: 'never answered' } },
};
const jobStep = {
  name: 'Job',
  step_type: 'inference',
  config: { service_type: 'llm_inference', parameters: { model: MODEL } },
  input_mappings: { prompt: { literal: 'nobody takes it' } },
};

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

describe.each(['sqlite', 'postgres'])('a cancel through another process than the one that works (%s)', (engine) => {
  let bed: TestBed;
  let model: ChatServer;
  let api: LaunchedPlatform;
  let left = 0;

  beforeAll(async () => {
    bed = new TestBed();
    model = await startChatServer([MODEL]);
    model.hang();
    model.onLeave = () => (left += 1);
    const DATABASE_URL =
      engine === 'sqlite' ? `sqlite:${bed.folder.file('coordinator.db')}` : await postgres.createDatabase();
    const inference = { INFERENCE_BASE_URL: model.url, INFERENCE_MODELS: MODEL };
    api = await bed.platform({ DATABASE_URL }, { agents: { ROLE: 'api', ...inference } });
    const one = { ROLE: 'worker', WORKER_CONCURRENCY: '1' };
    await bed.agentManagement(api.coordinator, { DATABASE_URL, ...one, ...inference });
  });
  afterAll(async () => {
    await bed.close();
    await model.close();
  });

  async function start(step: object): Promise<string> {
    return execute(api.client, await createWorkflow(api.client, { name: 'One step', steps: { step } }));
  }

  /** Starts one whose step the model server has, and will not answer. */
  async function startRunning(): Promise<string> {
    const before = model.requests.length;
    const id = await start(inferenceStep);
    await model.received(before + 1);
    return id;
  }

  function until(id: string, holds: (state: ExecutionState) => boolean): Promise<ExecutionState> {
    return waitFor(async () => {
      const state = await executionState(api.client, id);
      return holds(state) ? state : undefined;
    });
  }

  const waitsFor = (kind: string) => (state: ExecutionState) => state.step_states['step']?.waits_for === kind;

  /** Cancels it, and gives what is stored of it from then on. */
  async function cancel(id: string): Promise<ExecutionState> {
    const state = await api.client.post<ExecutionState>(`${AGENT_API}/executions/${id}/cancel`);
    expect(state.status).toBe('cancelled');
    return state;
  }

  /** The worker has done other things since; what it knew of the cancelled execution it has written nowhere. */
  async function expectUntouched(cancelled: ExecutionState): Promise<void> {
    const other = await start(quickStep);
    expect(await finalState(api.client, other)).toMatchObject({ status: 'completed' });
    expect(await executionState(api.client, cancelled.execution_id)).toEqual(cancelled);
  }

  it('ends one that is pending', async () => {
    const occupying = await startRunning();
    const id = await start(quickStep);
    expect(await executionState(api.client, id)).toMatchObject({ status: 'pending' });
    const cancelled = await cancel(id);
    await cancel(occupying);
    await expectUntouched(cancelled);
  });

  it('aborts an inference request that is under way at once', async () => {
    const id = await startRunning();
    const before = left;
    const cancelled = await cancel(id);
    await waitFor(() => left > before, { timeoutMs: REACHED_MS });
    await expectUntouched(cancelled);
  });

  it('cancels the job that one waits for', async () => {
    const id = await start(jobStep);
    const { step_states: steps } = await until(id, waitsFor('job'));
    const cancelled = await cancel(id);
    await waitFor(async () => {
      const job = await api.admin.get<{ state: string }>(`/api/v1/jobs/${steps['step']?.job_id}`);
      return job.state === 'CANCELED';
    });
    await expectUntouched(cancelled);
  });

  it('ends one that waits for a time, also when that time comes', async () => {
    const id = await start(waitingStep({ seconds: TIMER_SECONDS }));
    await until(id, waitsFor('timer'));
    const later = await start(waitingStep({ seconds: TIMER_SECONDS }));
    const cancelled = await cancel(id);
    expect(await finalState(api.client, later)).toMatchObject({ status: 'completed' });
    await expectUntouched(cancelled);
  });

  it('ends one that waits for a signal, and refuses the signal from then on', async () => {
    const id = await start(waitingStep({ signal: 'go' }));
    await until(id, waitsFor('signal'));
    const cancelled = await cancel(id);
    const refused = await api.client
      .post(`${AGENT_API}/executions/${id}/signals/go`, {})
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiError);
    expect(refused).toMatchObject({ status: 409 });
    await expectUntouched(cancelled);
  });

  it('ends one that is paused, which let go of its request before', async () => {
    const id = await startRunning();
    const before = left;
    await api.client.post(`${AGENT_API}/executions/${id}/pause`);
    await waitFor(() => left > before, { timeoutMs: REACHED_MS });
    await expectUntouched(await cancel(id));
  });
});
